import type { ShapeRule } from './infer.js';

/** Every operator with a shape rule, gathered from the family files of this folder. */
export const SHAPE_RULES: Readonly<Record<string, ShapeRule>> = {};
