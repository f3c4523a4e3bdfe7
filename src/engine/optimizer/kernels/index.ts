export { adam } from "./adam";
export { sumOuterProducts } from "./sumOuterProducts";
