import { getRequestListener } from '@hono/node-server'
import type { House } from '../../house.ts'
import type { Door } from '../mount.ts'
import { createApi } from './api.ts'

/** For programs: `GET /api/v1/…`, described at `/api/v1/openapi.json`. */
export function openRest(house: House): Door {
  const listen = getRequestListener(createApi(house).fetch, { overrideGlobalObjects: false })
  return { name: 'rest', routes: [{ path: '/api/v1', handle: (request, response) => listen(request, response) }] }
}
