import type { DefineItem } from '../../../protocol/ingest.ts'
import { invalid } from '../../errors.ts'

/** What user code said of the keys of a name or pattern. */
export type Definition = Omit<DefineItem, 'k' | 'overwrite'>

const DEFINITIONS_MAX = 1000

/** With one more: its members take the place of those said before under the same name. */
export function withDefinition(before: readonly Definition[], item: DefineItem): Definition[] {
  const { k, overwrite, ...said } = item
  const at = before.findIndex(({ name }) => name === said.name)
  if (at >= 0) return before.with(at, overwrite ? said : { ...before[at], ...said })
  if (before.length >= DEFINITIONS_MAX) throw invalid(`A run has at most ${DEFINITIONS_MAX} definitions of keys`)
  return [...before, said]
}

/** The definition of a key: under its own name, else under the pattern that says most of it. Keys that begin with `_` match none. */
export function definitionOf(definitions: readonly Definition[], key: string): Definition | undefined {
  const exact = definitions.find(({ name }) => name === key)
  if (exact || key.startsWith('_')) return exact
  let found: Definition | undefined
  for (const definition of definitions)
    if (matches(definition.name, key) && definition.name.length > (found?.name.length ?? 0)) found = definition
  return found
}

/** `*` stands for any characters. The parts between are sought from the left: no pattern makes this slow. */
function matches(pattern: string, key: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined || !key.startsWith(first)) return false
  let from = first.length
  for (const part of rest) {
    const at = key.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return key.length - from >= last.length && key.endsWith(last)
}
