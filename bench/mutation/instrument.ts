import ts from 'typescript';
import { type Mutation, mutationsOf } from './mutators.js';

export interface Mutant {
  readonly id: number;
  /** What it is known by while other files change: its words, and which of the same words in its file it is. */
  readonly key: string;
  readonly file: string;
  readonly line: number;
  readonly original: string;
  readonly replacement: string;
  /** Whether it is run while modules load, so that a process has to begin with it. */
  readonly isEager: boolean;
}

export interface Instrumented {
  readonly code: string;
  readonly mutants: readonly Mutant[];
}

/**
 * A source file with all its mutants inside, each behind `isMutant(id)`: one process tries them one after the other
 * without loading anything again, and knows which of them a test comes by.
 */
export function instrument(file: string, code: string, firstId: number): Instrumented {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const seen = new Map<string, number>();

  function register({ node, replacement }: Mutation): string {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    const id = firstId + mutants.length;
    const words = JSON.stringify([file, node.getText(), replacement]);
    const place = (seen.get(words) ?? 0) + 1;
    seen.set(words, place);
    const key = `${words} ${place}`;
    mutants.push({
      id,
      key,
      file,
      line: line + 1,
      original: node.getText(),
      replacement,
      isEager: isEager(node),
    });
    return `isMutant(${id}) ? ${replacement} : `;
  }

  function rewrite(node: ts.Node): string {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return node.getFullText();
    const choices = mutationsOf(node).map(register);
    const lead = node.getFullText().slice(0, node.getLeadingTriviaWidth());
    const body = rewriteChildren(node);
    return choices.length === 0 ? lead + body : `${lead}(${choices.join('')}${body})`;
  }

  /** The node's text without its leading comments, its children rewritten. */
  function rewriteChildren(node: ts.Node): string {
    let result = '';
    let position = node.getStart();
    ts.forEachChild(node, (child) => {
      const start = Math.max(child.getFullStart(), position);
      result += code.slice(position, start);
      const rewritten = rewrite(child);
      result += rewritten.slice(start - child.getFullStart());
      position = child.getEnd();
    });
    return result + code.slice(position, node.getEnd());
  }

  return { code: rewriteChildren(source) + code.slice(source.getEnd()), mutants };
}

function isEager(node: ts.Node): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) if (ts.isFunctionLike(outer)) return false;
  return true;
}
