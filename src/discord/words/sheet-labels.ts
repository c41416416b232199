/** What people who know such sheets look for, in every language: U for the picture large, V for variations of it. */
export const SHEET_LABELS = {
  ...{ u1: 'U1', u2: 'U2', u3: 'U3', u4: 'U4' },
  ...{ v1: 'V1', v2: 'V2', v3: 'V3', v4: 'V4' },
} as const;
