/** The numbers that JSON has no word for, as the strings that stand for them. */
export const nonFiniteWords = ['NaN', 'Infinity', '-Infinity'] as const

/** A float64 as JSON carries it. */
export type JsonReal = number | (typeof nonFiniteWords)[number]

export const toJsonReal = (value: number): JsonReal =>
  Number.isFinite(value) ? value : (String(value) as (typeof nonFiniteWords)[number])

const numbers = new Map<string, number>(nonFiniteWords.map(word => [word, Number(word)]))

/** The number that a word stands for; undefined for any other text. */
export const nonFiniteOf = (word: string): number | undefined => numbers.get(word)
