import type pg from 'pg'
import type { Sql } from '../postgres.ts'

/** Signature, flags and length of an extension that no server sends. */
const HEADER_BYTES = 19

/**
 * The rows of a query as the database holds them, each given to `take` while it arrives. As a result the driver would have
 * every bytea written as hex text, twice as long, and read back; and `take` works while the database still sends.
 *
 * select: with no parameters, so only numbers of our own may be written into it (`numbers`). Fields are views that hold
 * until `take` returns, null for NULL. Source: PostgreSQL, COPY, "Binary Format".
 */
export function copyRows(sql: Sql, select: string, take: (fields: (Buffer | null)[]) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    sql.query(new CopyOut(select, take, error => (error ? reject(error) : resolve())))
  })
}

/** Whole numbers as an array in SQL. */
export function numbers(list: number[], type: 'bigint' | 'int'): string {
  const wrong = list.find(number => !Number.isSafeInteger(number))
  if (wrong !== undefined) throw new Error(`${wrong} is no whole number`)
  return `'{${list.join()}}'::${type}[]`
}

/** What the driver's client calls of a query while it is the active one. */
class CopyOut implements pg.Submittable {
  readonly #select: string
  readonly #take: (fields: (Buffer | null)[]) => void
  readonly #settle: (error?: Error) => void
  #rest: Buffer | undefined
  #begun = false
  #fault: Error | undefined

  constructor(select: string, take: (fields: (Buffer | null)[]) => void, settle: (error?: Error) => void) {
    this.#select = select
    this.#take = take
    this.#settle = settle
  }

  submit(connection: pg.Connection): void {
    connection.query(`COPY (${this.#select}) TO STDOUT (FORMAT binary)`)
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#fault) return
    try {
      this.#push(this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk)
    } catch (error) {
      this.#fault = error instanceof Error ? error : new Error(String(error))
    }
  }

  /** Servers send a row a message, though nothing says that they must. */
  #push(bytes: Buffer): void {
    let at = this.#begun || bytes.length < HEADER_BYTES ? 0 : HEADER_BYTES
    this.#begun ||= at > 0
    for (let row = this.#begun ? rowAt(bytes, at) : undefined; row; row = rowAt(bytes, at)) {
      at = row.end
      if (row.fields) this.#take(row.fields)
    }
    this.#rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : undefined
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#settle(this.#fault)
  }

  handleError(error: Error): void {
    this.#settle(error)
  }
}

/** The row that begins here, or the mark behind the last; undefined where it is not whole yet. */
function rowAt(bytes: Buffer, from: number): { fields?: (Buffer | null)[]; end: number } | undefined {
  if (from + 2 > bytes.length) return undefined
  const count = bytes.readInt16BE(from)
  let at = from + 2
  if (count < 0) return { end: at }
  const fields: (Buffer | null)[] = []
  for (let i = 0; i < count; i++) {
    if (at + 4 > bytes.length) return undefined
    const length = bytes.readInt32BE(at)
    at += 4
    if (length >= 0 && at + length > bytes.length) return undefined
    fields.push(length < 0 ? null : bytes.subarray(at, at + length))
    if (length > 0) at += length
  }
  return { fields, end: at }
}
