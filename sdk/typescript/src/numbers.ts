import { keyFault } from '../../../protocol/keys.ts'
import { STEP_MAX } from '../../../protocol/limits.ts'

/** Why one item cannot be logged; never leaves the package. */
export class Refusal extends Error {}

/** The value as float64, and whether it had to be rounded for that. Throws Refusal with the reason. */
export function toNumber(value: unknown): { number: number; rounded: boolean } {
  switch (typeof value) {
    case 'number':
      return { number: value, rounded: false }
    case 'boolean':
      return { number: value ? 1 : 0, rounded: false }
    case 'bigint':
      return wholeOf(value)
    case 'string':
      throw new Refusal('text is not a number')
    case 'object':
      return { number: scalarOf(value as object), rounded: false }
    default:
      throw new Refusal(`a ${typeof value} is not a number`)
  }
}

function wholeOf(value: bigint): { number: number; rounded: boolean } {
  const number = Number(value)
  if (!Number.isFinite(number)) throw new Refusal('a whole number beyond the range of float64')
  return { number, rounded: BigInt(number) !== value }
}

/** Boxed numbers, scalars of tensors (an empty `shape` and `dataSync()`), decimals (`toNumber()`). */
function scalarOf(value: object): number {
  if (value instanceof Number || value instanceof Boolean) return Number(value)
  if (Array.isArray(value) || ArrayBuffer.isView(value)) throw new Refusal(`${named(value)} is not a number`)
  const { shape, dataSync, toNumber } = value as { shape?: unknown; dataSync?: unknown; toNumber?: unknown }
  if (Array.isArray(shape)) {
    if (shape.length > 0) throw new Refusal(`an array of shape (${shape.join(', ')}) is not a number`)
    const first = typeof dataSync === 'function' ? (dataSync.call(value) as ArrayLike<unknown>)[0] : undefined
    if (typeof first === 'number') return first
  }
  if (typeof toNumber === 'function') {
    const number: unknown = toNumber.call(value)
    if (typeof number === 'number') return number
  }
  throw new Refusal(`${named(value)} is not a number`)
}

function named(value: object): string {
  const name = value.constructor?.name || 'object'
  return /^[AEIOU]/i.test(name) ? `an ${name}` : `a ${name}`
}

/** A whole step within ±(2^53 − 1). Throws Refusal. */
export function toStep(value: unknown): number {
  if (typeof value === 'string' || value === null) throw new Refusal('the step is not a whole number')
  const { number, rounded } = toNumber(value)
  if (rounded || Math.abs(number) > STEP_MAX) {
    if (Number.isFinite(number)) throw new Refusal('the step is beyond 2^53 - 1')
  }
  if (!Number.isInteger(number)) throw new Refusal('the step is not a whole number')
  return number + 0
}

export function checkKey(key: string): void {
  const fault = keyFault(key)
  if (fault) throw new Refusal(fault.replace('a key', 'the key'))
}
