import { OpenAPIHono } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import type { Ctx } from '../../context.ts'
import { invalid, notFound } from '../../errors.ts'
import type { House } from '../../house.ts'
import { actorFromRequest, contextFor, header } from '../auth/index.ts'
import { errorBody } from '../error-body.ts'
import { requireSize } from '../require-size.ts'
import { addRuns } from './runs.ts'
import { addSeries } from './series.ts'
import { addPointsWriting } from './write-points.ts'
import { addRunWriting } from './write-runs.ts'

interface Asked {
  Variables: { ctx: Ctx; requestId: string }
}

export type Api = OpenAPIHono<Asked>

const description = '/api/v1/openapi.json'

/** Some 500,000 points in columns. */
const BODY_BYTES_MAX = 16 << 20

const title = { openapi: '3.1.0', info: { title: 'Trackside', version: '1' } }

export function createApi(house: House): Api {
  const api: Api = new OpenAPIHono<Asked>({
    defaultHook(result) {
      if (result.success) return
      const issues = result.error.issues.map(({ path, message }) => ({ at: path.join('.'), message }))
      throw invalid(`${issues[0]?.at ?? ''} ${issues[0]?.message ?? 'cannot be read'}`.trim(), { issues })
    },
  }).basePath('/api/v1')
  api.onError((error, c) => {
    const said = error instanceof HTTPException && error.status < 500 ? invalid(error.message) : error
    const { status, body } = errorBody(said, c.get('requestId'), house.log)
    return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
  })
  api.notFound(c => {
    throw notFound('address', `${c.req.path}. ${description} lists those there are`)
  })
  api.doc31('/openapi.json', title)
  api.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' })
  api.use('*', async (c, next) => {
    const asking = { headers: c.req.raw.headers }
    c.set('requestId', header(asking, 'x-request-id') ?? '')
    requireSize(asking, BODY_BYTES_MAX)
    await next()
  })
  api.use('/:workspace/:project/*', async (c, next) => {
    const asking = { headers: c.req.raw.headers }
    c.set('ctx', contextFor(house, await actorFromRequest(house, asking), asking))
    c.header('cache-control', 'no-store')
    await next()
  })
  addRuns(api, house)
  addSeries(api)
  addRunWriting(api, house)
  addPointsWriting(api)
  return api
}
