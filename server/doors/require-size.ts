import { invalid, tooLarge } from '../errors.ts'

/** Refuses a body before it is read: nobody fills the memory. What does not say its length is no browser's. */
export function requireSize({ headers }: { headers: Headers }, bytesMax: number): void {
  if (headers.has('transfer-encoding')) throw invalid('Send the length of the body')
  if (Number(headers.get('content-length') ?? 0) > bytesMax) throw tooLarge(bytesMax)
}
