import type { DefineItem } from '../../../protocol/ingest.ts'
import { invalid } from '../../errors.ts'
import type { Tx } from '../../store/postgres.ts'
import type { MetaItem } from './apply-meta.ts'
import type { StateOf } from './change-state.ts'
import { type Definition, withDefinition } from './definitions.ts'
import {
  type Field,
  flattened,
  merge,
  type Settings,
  settingsOf,
  storable,
  type Tree,
  treeOf,
  unset,
} from './meta-items.ts'

type Refused = Omit<Extract<MetaItem, { k: 'refused' }>, 'k'>
type Change = (settings: Tree) => void

/** What a batch of items does to the run's row. */
export interface MetaChanges {
  info: Record<string, unknown>
  config: Change[]
  summary: Change[]
  environment: Settings | null
  definitions: DefineItem[]
  /** Points. */
  refused: Refused[]
  /** Items like these themselves: listed beside the points, counted with none. */
  passedOver: Refused[]
}

export const noChanges: MetaChanges = {
  info: {},
  config: [],
  summary: [],
  environment: null,
  definitions: [],
  refused: [],
  passedOver: [],
}

export function withItem(changes: MetaChanges, item: MetaItem): MetaChanges {
  switch (item.k) {
    case 'info': {
      const { k, user, job_type, ...rest } = item
      return { ...changes, info: { ...changes.info, ...rest, ...(job_type !== undefined && { job_type }) } }
    }
    case 'config': {
      const set = storable(item.set ?? {}) as Settings
      const change: Change = settings => {
        merge(settings, set)
        for (const path of item.unset ?? []) unset(settings, path)
      }
      return { ...changes, config: [...changes.config, change] }
    }
    case 'summary': {
      const set = storable(item.set) as Settings
      return { ...changes, summary: [...changes.summary, settings => merge(settings, set)] }
    }
    case 'env': {
      const { k, ...environment } = item
      return { ...changes, environment: { ...changes.environment, ...(storable(environment) as Settings) } }
    }
    case 'define':
      return { ...changes, definitions: [...changes.definitions, item] }
    case 'refused': {
      const { k, ...refused } = item
      return { ...changes, refused: [...changes.refused, refused] }
    }
    default:
      return changes
  }
}

interface Words {
  config: Settings
  summary: Settings
  environment: Settings
  definitions: Definition[]
  refused: Refused[]
}

/** Writes them to the locked row. */
export async function writeChanges(tx: Tx, place: StateOf, changes: MetaChanges): Promise<void> {
  const { info, config, summary, environment, definitions, refused, passedOver } = changes
  if (config.length + summary.length + definitions.length + refused.length + passedOver.length > 0 || environment) {
    const { rows } = await tx.sql.query<Words>(
      'SELECT config, summary, environment, definitions, refused FROM run WHERE run = $1',
      [place.run],
    )
    const before = rows[0] as Words
    const after: Words = {
      config: changed(before.config, config),
      summary: changed(before.summary, summary),
      environment: { ...before.environment, ...environment },
      definitions: definitions.reduce(withDefinition, before.definitions),
      refused: [...refused, ...passedOver].reduce(withRefused, before.refused),
    }
    await tx.sql.query(
      `UPDATE run SET config = $2, summary = $3, environment = $4, definitions = $5, refused = $6, refused_count = refused_count + $7 WHERE run = $1`,
      [place.run, ...Object.values(after).map(kept), refused.reduce((sum, { count }) => sum + count, 0)],
    )
    if (config.length > 0) await writeFields(tx, place, 'config', flattened(after.config))
    if (summary.length > 0) await writeFields(tx, place, 'summary', flattened(after.summary))
  }
  const columns = ['name', 'notes', 'tags', 'group', 'job_type'].filter(name => name in info)
  if (columns.length > 0)
    await tx.sql.query(
      `UPDATE run SET ${columns.map((name, i) => `"${name}" = $${i + 2}`).join(', ')} WHERE run = $1`,
      [place.run, ...columns.map(name => (name === 'notes' ? info.notes || null : info[name]))],
    )
}

function changed(before: Settings, changes: Change[]): Settings {
  if (changes.length === 0) return before
  const settings = treeOf(before)
  for (const change of changes) change(settings)
  return settingsOf(settings)
}

/** They are read and written whole, at every change. */
const WORDS_MAX = 16 << 20

function kept(words: unknown): string {
  const text = JSON.stringify(words)
  if (text.length > WORDS_MAX)
    throw invalid(`Config, summary or environment would be larger than ${WORDS_MAX} characters`)
  return text
}

const REFUSED_MAX = 100

function withRefused(list: Refused[], { key, reason, step, count }: Refused): Refused[] {
  const found = list.find(one => one.key === key && one.reason === reason)
  if (found) return list.map(one => (one === found ? { ...one, count: one.count + count } : one))
  return list.length < REFUSED_MAX ? [...list, { key, reason, step, count }] : list
}

/** All fields of a kind anew: what is not there any more goes. */
async function writeFields(
  { sql }: Tx,
  { run, workspaceId, projectId }: StateOf,
  kind: string,
  fields: Field[],
): Promise<void> {
  await sql.query('DELETE FROM run_field WHERE run = $1 AND kind = $2 AND NOT key = ANY ($3)', [
    run,
    kind,
    fields.map(({ key }) => key),
  ])
  await sql.query(
    `INSERT INTO run_field (workspace_id, project_id, run, kind, key, num, text)
     SELECT $1, $2, $3, $4, f.key, f.num, f.text FROM unnest($5::text[], $6::float8[], $7::text[]) AS f (key, num, text)
     ON CONFLICT (run, kind, key) DO UPDATE SET num = excluded.num, text = excluded.text`,
    [workspaceId, projectId, run, kind, fields.map(f => f.key), fields.map(f => f.num), fields.map(f => f.text)],
  )
}
