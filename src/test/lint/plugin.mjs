// Rules that oxlint has not: import directions, who may set the tenant, and what may be logged.
import path from 'node:path';
import { layerOf, refusal } from './directions.mjs';

const relative = (context) => path.relative(context.cwd, context.filename).split(path.sep).join('/');

/** The text of a string or template literal, with `$` for every placeholder; undefined for anything else. */
function textOf(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral') return node.quasis.map((quasi) => quasi.value.raw).join('$');
  return undefined;
}

const directions = {
  create(context) {
    const file = relative(context);
    const layer = layerOf(file);
    if (layer === undefined) return {};
    const check = (source, typeOnly = false) => {
      if (!source) return;
      const specifier = source.type === 'TSLiteralType' ? textOf(source.literal) : textOf(source);
      if (specifier === undefined || (source.type === 'TemplateLiteral' && source.expressions.length > 0)) {
        if (!layer.computed)
          context.report({
            node: source,
            message: 'Write the path of an import as a literal, so that its direction can be checked.',
          });
        return;
      }
      const message = refusal(file, specifier, typeOnly);
      if (message) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source, node.importKind === 'type'),
      ExportAllDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument, true),
      TSExternalModuleReference: (node) => check(node.expression),
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'require') check(node.arguments[0]);
      },
    };
  },
};

const SCOPE = 'src/db/scope.ts';
const CONTEXT = /\bset_config\s*\(|\bset_tenant_id\b|\bset\s+(?:session\s+|local\s+)?app\./i;
const CALL = /\b(?:set_config|set_tenant_id)\s*\(/gi;

/** True when every call in the text ends with `, true)`, so that the setting dies with the transaction. */
function onlyTransactionLocal(text) {
  if (/\bset\s+(?!local\b)(?:session\s+)?app\./i.test(text)) return false;
  for (const call of text.matchAll(CALL)) {
    const rest = text.slice(call.index + call[0].length);
    if (!/^[^()]*,\s*true\s*\)/i.test(rest)) return false;
  }
  return true;
}

const tenantContext = {
  create(context) {
    const file = relative(context);
    const layer = layerOf(file);
    if (layer === undefined || layer.name === 'cli') return {};
    const check = (node) => {
      const text = textOf(node) ?? '';
      if (!CONTEXT.test(text)) return;
      if (file !== SCOPE) {
        context.report({
          node,
          message: 'Only src/db/scope.ts sets the tenant: take a TenantTx as the first argument instead.',
        });
      } else if (!onlyTransactionLocal(text)) {
        context.report({
          node,
          message:
            'Set the context for the transaction only: `set_config(name, value, true)` in one literal. A session outlives the request and is pooled.',
        });
      }
    };
    return { Literal: check, TemplateLiteral: check };
  },
};

const ENV_NAMES = new Set(['env', 'config', 'secrets', 'bindings']);
const isEnv = (node) => {
  if (!node) return false;
  if (node.type === 'Identifier') return ENV_NAMES.has(node.name);
  if (node.type === 'MemberExpression') return !node.computed && ENV_NAMES.has(node.property.name);
  if (node.type === 'SpreadElement') return isEnv(node.argument);
  if (node.type === 'ObjectExpression')
    return node.properties.some((property) => isEnv(property.type === 'SpreadElement' ? property : property.value));
  if (node.type === 'CallExpression') return node.arguments.some(isEnv);
  return false;
};

const noEnvInLogs = {
  create: (context) => ({
    CallExpression(node) {
      const { callee } = node;
      if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier' || callee.object.name !== 'console')
        return;
      if (node.arguments.some(isEnv))
        context.report({
          node,
          message: 'Never log an environment or a configuration: it holds secrets. Log the name of what matters.',
        });
    },
  }),
};

/** Layers that may know the generated environment types. */
const KNOWS_ENV = new Set(['platform', 'src/index.ts', 'workers']);
const envAtTheDoor = {
  create(context) {
    const layer = layerOf(relative(context));
    if (layer === undefined || KNOWS_ENV.has(layer.name)) return {};
    return {
      TSTypeReference(node) {
        const { typeName } = node;
        const name = typeName.type === 'Identifier' ? typeName.name : `${typeName.left?.name}.${typeName.right?.name}`;
        if (/^(?:(?:Main|Thumbnailer|Courier|Room)Env|Cloudflare\.Env)$/.test(name)) {
          context.report({
            node,
            message: 'Env is for entries and platform/ only: take a port of domain/ports.ts or a value of Config.',
          });
        }
      },
    };
  },
};

const noEnum = {
  create: (context) => ({
    TSEnumDeclaration: (node) =>
      context.report({
        node,
        message:
          'No enums: Node runs these files by erasing types. Use a union of string literals, or an object `as const`.',
      }),
  }),
};

export default {
  meta: { name: 'momentique' },
  rules: {
    directions,
    'tenant-context': tenantContext,
    'no-env-in-logs': noEnvInLogs,
    'env-at-the-door': envAtTheDoor,
    'no-enum': noEnum,
  },
};
