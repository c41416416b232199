import ts from 'typescript';

/** A small change to one expression: what it says instead. */
export interface Mutation {
  readonly node: ts.Expression;
  readonly replacement: string;
}

const BINARY: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '/'],
  [ts.SyntaxKind.SlashToken, '*'],
  [ts.SyntaxKind.PercentToken, '*'],
  [ts.SyntaxKind.AsteriskAsteriskToken, '*'],
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
]);

const pairs = (...list: readonly (readonly [string, string])[]): ReadonlyMap<string, string> =>
  new Map(
    list.flatMap(([one, other]) => [
      [one, other],
      [other, one],
    ]),
  );

/** Emitted operators and the ones they are confused with. */
const OPERATORS = pairs(
  ['add', 'sub'],
  ['mul', 'div'],
  ['sin', 'cos'],
  ['sinh', 'cosh'],
  ['exp', 'log'],
  ['greater', 'less'],
  ['min', 'max'],
  ['reduceSum', 'reduceMean'],
  ['reduceL1', 'reduceL2'],
  ['sqrt', 'reciprocal'],
  ['floor', 'round'],
  ['gatherElements', 'scatterElements'],
);

/** Emitted operators that may be left out: their first operand stands for them. */
const OMITTED = new Set([
  'neg',
  'sqrt',
  'abs',
  'sign',
  'reciprocal',
  'exp',
  'square',
  'sumOver',
  'reverse',
  'transpose',
  'keepWhere',
  'scale',
  'pad',
  'slice',
]);

/** Properties of one meaning each that stand side by side. */
const PROPERTIES = pairs(
  ['padsBegin', 'padsEnd'],
  ['strides', 'dilations'],
  ['before', 'after'],
  ['from', 'to'],
  ['weight', 'slope'],
  ['down', 'across'],
);

const text = (node: ts.Node) => node.getText();

/**
 * The changes that can be made to an expression. Left alone: fallbacks after `??` and in destructuring, which the type
 * checker demands and no run takes, and conditions whose only effect is an error.
 */
export function mutationsOf(node: ts.Node): readonly Mutation[] {
  if (ts.isBinaryExpression(node)) {
    const operator = BINARY.get(node.operatorToken.kind);
    if (operator === undefined || isGuard(node)) return [];
    return [{ node, replacement: `(${text(node.left)} ${operator} ${text(node.right)})` }];
  }
  if (ts.isNumericLiteral(node))
    return isFallback(node) || isNegated(node) ? [] : [{ node, replacement: `(${text(node)} + 1)` }];
  if (ts.isPrefixUnaryExpression(node)) {
    const isSign =
      node.operator === ts.SyntaxKind.MinusToken || node.operator === ts.SyntaxKind.ExclamationToken;
    return isSign && !isGuard(node) && !isFallback(node) ? [{ node, replacement: text(node.operand) }] : [];
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) {
    return [
      {
        node: node as ts.Expression,
        replacement: node.kind === ts.SyntaxKind.TrueKeyword ? 'false' : 'true',
      },
    ];
  }
  if (ts.isConditionalExpression(node)) {
    // Computing what nobody wanted is wasteful, but not wrong.
    if (text(node.condition).includes('wanted[')) return [{ node, replacement: 'undefined' }];
    return [node.whenTrue, node.whenFalse].map((branch) => ({ node, replacement: `(${text(branch)})` }));
  }
  if (ts.isCallExpression(node)) return callMutations(node);
  if (ts.isPropertyAccessExpression(node)) {
    const other = PROPERTIES.get(node.name.text);
    const isCalled = ts.isCallExpression(node.parent) && node.parent.expression === node;
    return other === undefined || isCalled
      ? []
      : [{ node, replacement: `${text(node.expression)}.${other}` }];
  }
  return [];
}

function callMutations(node: ts.CallExpression): readonly Mutation[] {
  const callee = node.expression;
  const name =
    ts.isPropertyAccessExpression(callee) && text(callee.expression) === 'ops' ? callee.name.text : '';
  const words = node.arguments.map(text);
  const result: Mutation[] = [];
  const other = OPERATORS.get(name);
  if (other !== undefined) result.push({ node, replacement: `ops.${other}(${words.join(', ')})` });
  const plain = ts.isIdentifier(callee) ? callee.text : name;
  const [b, first, second, ...rest] = words;
  if (OMITTED.has(plain) && first !== undefined)
    result.push({ node, replacement: `(${plain === 'keepWhere' ? second : first})` });
  const isSwappable = ['sub', 'div', 'pow', 'matMul', 'greater', 'less', 'lessOrEqual'].includes(name);
  if (isSwappable) result.push({ node, replacement: `${text(callee)}(${[b, second, first].join(', ')})` });
  const [third] = rest;
  if (name === 'where')
    result.push({ node, replacement: `${text(callee)}(${[b, first, third, second].join(', ')})` });
  return result;
}

/** A condition of an `if` that only throws, or part of one. */
function isGuard(node: ts.Node): boolean {
  let child = node;
  for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (ts.isIfStatement(parent)) return parent.expression === child && throwsOnly(parent.thenStatement);
    if (ts.isStatement(parent) || ts.isFunctionLike(parent)) return false;
  }
  return false;
}

function throwsOnly(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && ts.isThrowStatement(last);
}

function isFallback(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) {
    return parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken && parent.right === node;
  }
  return ts.isBindingElement(parent) && parent.initializer === node;
}

const isNegated = ({ parent }: ts.Node) =>
  ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.MinusToken && isFallback(parent);
