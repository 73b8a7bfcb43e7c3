/** Nobody waits for the answer any more. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp'
}

/** A word that another thread can read in the middle of its work: 1 when the asker has gone. */
export type Flag = Int32Array<SharedArrayBuffer>

export const makeFlag = (): Flag => new Int32Array(new SharedArrayBuffer(4))

/** Throws GivenUp once the flag is raised. */
export const checkOf = (flag: Flag) => () => {
  if (Atomics.load(flag, 0) !== 0) throw new GivenUp('the asker has gone')
}
