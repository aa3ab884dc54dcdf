// Loaded before the program: appends each module that it loads to the file that LOADED names.
const { appendFileSync } = require('node:fs');
const Module = require('node:module');

const load = Module._load;
Module._load = (request, parent, isMain) => {
  const file = Module.isBuiltin(request) ? request : Module._resolveFilename(request, parent, isMain);
  appendFileSync(process.env.LOADED, `${file}\n`);
  return load(request, parent, isMain);
};
