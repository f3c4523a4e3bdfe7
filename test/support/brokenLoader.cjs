// As `node --require`: a machine whose loader refuses onnxruntime, and nothing else, with the line of a Linux that is too old.
const load = process.dlopen;
process.dlopen = (module, file, ...flags) => {
  if (!/onnxruntime/.test(file)) return load(module, file, ...flags);
  throw new Error(
    `/lib64/libc.so.6: version \`GLIBC_2.28' not found (required by ${file.replace(/[^/]+$/, "libonnxruntime.so.1")})`,
  );
};
