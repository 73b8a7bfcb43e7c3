import type { IncomingMessage, ServerResponse } from 'node:http'
import type { House } from '../house.ts'
import { openHealth } from './health/index.ts'
import { openIngest } from './ingest/index.ts'
import { openLive } from './live/index.ts'
import { openRest } from './rest/index.ts'
import { openSeries } from './series/index.ts'

export interface Route {
  /** `/api/series` answers itself and what is below it. */
  path: string
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>
}

/** An open door. Socket.IO doors set themselves up on `house.io`; the others give routes, answered ahead of Next. */
export interface Door {
  name: string
  routes?: Route[]
  /** First act of the shutdown: takes nothing new, settles when all that was taken is answered. */
  drain?(): Promise<void>
}

type OpenDoor = (house: House) => Door | Promise<Door>

/** The machine doors, in the order in which they open. One line each. */
const machineDoors: OpenDoor[] = [openHealth, openIngest, openLive, openSeries, openRest]

export function openDoors(house: House): Promise<Door[]> {
  return Promise.all(machineDoors.map(open => open(house)))
}
