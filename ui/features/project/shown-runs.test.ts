import { expect, test } from 'vitest'
import { onlyThese, SHOWN_AT_FIRST, shownRuns, toggleEye } from './shown-runs'

const ids = Array.from({ length: SHOWN_AT_FIRST + 4 }, (_, at) => `r${at}`)
const none = { show: [], hide: [] }

test('the newest are shown, eyes add and take away, and twice is none', () => {
  expect(shownRuns(ids, none)).toEqual(new Set(ids.slice(0, SHOWN_AT_FIRST)))
  const hidden = toggleEye(ids, none, 'r3')
  expect(shownRuns(ids, hidden).has('r3')).toBe(false)
  expect(toggleEye(ids, hidden, 'r3')).toEqual(none)
  const old = ids.at(-1) as string
  const added = toggleEye(ids, none, old)
  expect(shownRuns(ids, added).has(old)).toBe(true)
  expect(toggleEye(ids, added, old)).toEqual(none)
})

test('exactly the wanted runs can be shown', () => {
  for (const wanted of [[], ['r1'], ['r0', 'r12'], ids])
    expect([...shownRuns(ids, onlyThese(ids, wanted))].sort()).toEqual([...wanted].sort())
})
