import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { relative } from 'node:path';

/** Node's modules that take long to load, and that little of the program needs: they are loaded when one of their functions is called. */
const LATE = ['node:child_process', 'node:crypto', 'node:os'];

/** What a file imports of one of Node's modules; null where that is everything. */
function importsOf(text, path) {
  const clauses = [...text.matchAll(/\bimport\s+([^;'"]+?)\s+from\s+['"]([^'"]+)['"]/g)]
    .filter(([, , from]) => from === path)
    .map(([, clause]) => clause);
  if (clauses.length === 0 || clauses.some((clause) => clause.includes('*'))) return null;
  const names = clauses
    .flatMap((clause) => (/\{([^}]*)\}/.exec(clause)?.[1] ?? '').split(','))
    .map((name) => name.trim().replace(/\s+as\s.*/, ''))
    .filter((name) => name !== '' && !name.startsWith('type '));
  return { names, hasDefault: clauses.some((clause) => /^\w/.test(clause) && !/^type\s/.test(clause)) };
}

function moduleFor(path, { names, hasDefault }) {
  const late = `process.getBuiltinModule(${JSON.stringify(path)})`;
  const isLate = (name) => {
    const value = process.getBuiltinModule(path)[name];
    // Not a class; and what `promisify` finds at a function would be lost.
    const isPlain =
      typeof value === 'function' && /^[a-z]/.test(name) && Object.getOwnPropertySymbols(value).length === 0;
    return LATE.includes(path) && isPlain;
  };
  const whole = LATE.includes(path) ? `new Proxy({}, { get: (_, name) => ${late}[name] })` : late;
  return [
    ...(hasDefault ? [`export default ${whole};`] : []),
    ...names.map((name) =>
      isLate(name)
        ? `export const ${name} = (...all) => ${late}.${name}(...all);`
        : `export const ${name} = ${late}.${name};`,
    ),
  ].join('\n');
}

/**
 * `import … from 'node:…'` makes Node build a module out of a module, for which it reads each of its names: from `node:process` that makes all
 * three standard streams. Asked for as the bundle does, Node's modules cost no more than they do inside of Node.
 */
export const lateNode = {
  name: 'late-node',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[\w:/]+$/ }, async ({ path, kind, importer }) => {
      if (kind !== 'import-statement' || !isBuiltin(path)) return undefined;
      const imports = importsOf(await readFile(importer, 'utf8'), path);
      if (imports === null) return undefined;
      // One for each file that imports it: one for many would be a file of its own in the bundle.
      return { path: `${path} for ${relative('.', importer)}`, namespace: 'node', pluginData: { path, imports } };
    });
    onLoad({ filter: /.*/, namespace: 'node' }, ({ pluginData: { path, imports } }) => ({
      contents: moduleFor(path, imports),
    }));
  },
};
