import { type DefineItem, GOALS, type Goal, STATISTICS, type Statistic } from '../../../protocol/ingest.ts'
import { keyFault } from '../../../protocol/keys.ts'
import { UsageError } from './errors.ts'

/** How a key, or each of a pattern's, is read. */
export interface MetricDefinition {
  /** The key that charts show as x. */
  stepMetric?: string | undefined
  /** False: a point stands only where both were logged at the same step, not at the last value of `stepMetric`. */
  stepSync?: boolean | undefined
  /** No panel by itself. */
  hidden?: boolean | undefined
  /** What the run's summary shows of it, several in a list or joined by commas. `none` takes them back. */
  summary?: string | readonly string[] | undefined
  /** Which value is the best one. */
  goal?: Goal | undefined
  /** Forget what was said before under this name. */
  overwrite?: boolean | undefined
}

/** The meta item. UsageError says what cannot be meant. */
export function definitionItem(name: string, said: MetricDefinition = {}): DefineItem {
  const { stepMetric, stepSync, hidden, summary, goal, overwrite } = said
  const item: DefineItem = { k: 'define', name: checked('name', name) }
  if (stepMetric !== undefined) item.step_metric = checked('stepMetric', stepMetric)
  if (summary !== undefined) item.summary = statistics(summary)
  if (goal !== undefined) {
    if (!GOALS.includes(goal)) throw new UsageError(`goal is ${JSON.stringify(goal)}; it is one of ${GOALS.join(', ')}`)
    item.goal = goal
  }
  for (const [word, flag] of [
    ['step_sync', stepSync],
    ['hidden', hidden],
    ['overwrite', overwrite],
  ] as const)
    if (flag !== undefined) item[word] = Boolean(flag)
  return item
}

function checked(word: string, key: string): string {
  const fault = typeof key === 'string' ? keyFault(key) : 'a key is not a string'
  if (fault) throw new UsageError(`${word} is ${JSON.stringify(key)}: ${fault.replace('a key', 'the key')}`)
  return key
}

/** Each once, in order; none for `none`. */
function statistics(summary: unknown): Statistic[] {
  const names = typeof summary === 'string' ? summary.split(',').map(name => name.trim()) : [summary].flat()
  const known: readonly unknown[] = [...STATISTICS, 'none']
  if (!names.every(name => known.includes(name)))
    throw new UsageError(
      `summary is ${JSON.stringify(summary)}; it is of ${known.join(', ')}, several in a list or joined by commas`,
    )
  return [...new Set(names)].filter(name => name !== 'none') as Statistic[]
}
