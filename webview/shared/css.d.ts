/** Style sheets are bundled as text and adopted by shadow roots: no inline style, no extra request. */
declare module "*.css" {
  const text: string;
  export default text;
}
