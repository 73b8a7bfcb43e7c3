import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { Socket } from 'socket.io'

/** So many answers in a row that said no make a sender of junk, whose further events are begun this far apart. */
const FAULTS_MAX = 32
const APART_MS = 20

/**
 * The events of one socket, in their order. Only so many are under way, only so many are begun in one turn of the loop, so
 * that every socket has its turn between those of one that sends a flood, and while any wait the socket is not read: what
 * it sends waits with its sender.
 */
export class Inbox {
  readonly #socket: Socket
  readonly #most: number
  #waiting: (() => Promise<boolean>)[] = []
  #unanswered = 0
  #faults = 0
  #opening = false
  #paused = false

  /** `most`: how many may be unanswered before the next is begun. */
  constructor(socket: Socket, most: number) {
    this.#socket = socket
    this.#most = most
    socket.on('disconnect', () => {
      this.#waiting = []
    })
  }

  /** `answer` settles with whether the event was one to be sent; it never rejects. */
  put(answer: () => Promise<boolean>): void {
    this.#waiting.push(answer)
    void this.#open()
    if (this.#waiting.length > 0) this.#pause(true)
  }

  async #open(): Promise<void> {
    if (this.#opening) return
    this.#opening = true
    while (this.#waiting.length > 0 && this.#unanswered < this.#most) {
      const room = this.#faults > FAULTS_MAX ? 1 : this.#most - this.#unanswered
      for (const answer of this.#waiting.splice(0, room)) void this.#begin(answer)
      if (this.#waiting.length === 0) this.#pause(false)
      if (this.#faults > FAULTS_MAX) await pause(APART_MS)
      else await nextTurn()
    }
    this.#opening = false
  }

  async #begin(answer: () => Promise<boolean>): Promise<void> {
    this.#unanswered++
    this.#faults = (await answer()) ? 0 : this.#faults + 1
    this.#unanswered--
    void this.#open()
  }

  #pause(wanted: boolean): void {
    if (this.#paused === wanted) return
    this.#paused = wanted
    // Long polling has none: its sender waits for the answer to its request anyway.
    const { socket } = this.#socket.conn.transport as { socket?: { pause?(): void; resume?(): void } }
    if (wanted) socket?.pause?.()
    else socket?.resume?.()
  }
}
