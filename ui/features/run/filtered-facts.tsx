'use client'

import { useDeferredValue, useState } from 'react'
import { Input } from '@/ui/kit/input'
import { type Fact, Facts } from './facts'

const MANY = 12

type TextFact = Fact & { name: string; value: string }

/** Long lists get a box that filters them, and scroll within a fixed height. */
export function FilteredFacts({ what, facts }: { what: string; facts: readonly TextFact[] }) {
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter.trim().toLowerCase())
  const found = facts.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted))
  const rows = found.map(fact => ({ ...fact, title: fact.value }))
  if (facts.length <= MANY) return <Facts facts={rows} />
  return (
    <>
      <Input
        type="search"
        aria-label={`Filter ${what}`}
        placeholder="Filter"
        value={filter}
        onChange={event => setFilter(event.target.value)}
        className="mb-2"
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={what} className="h-72 overflow-y-auto">
        {rows.length > 0 ? <Facts facts={rows} /> : <p className="t-small text-ink-3">Nothing has that name.</p>}
      </section>
    </>
  )
}
