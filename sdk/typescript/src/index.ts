/**
 * Trackside: metrics, telemetry and environment of a training, streamed live and lost never.
 *
 *     import * as trackside from 'trackside'
 *     await using run = await trackside.init({ project: 'mnist', config: { lr: 1e-3 } })
 *     run.log({ 'train/loss': 0.3 })
 *
 * Importing this package starts nothing and reads no file.
 */
export { Api, type ApiOptions, type RunView, type Series } from './api.ts'
export { login } from './credentials.ts'
export { config, defineMetric, finish, type InitOptions, init, log, run, summary } from './current.ts'
export type { MetricDefinition } from './definition.ts'
export { ServerError, TracksideError, UsageError } from './errors.ts'
export type { Config, Told } from './mapping.ts'
export type { Receipt } from './receipt.ts'
export type { FinishOptions, LogOptions, Run } from './run.ts'
export type { Settings } from './settings.ts'
export { VERSION } from './version.ts'
