'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { formatNumber } from '@/ui/format/number'
import { useTRPC } from '@/ui/trpc/client'
import { Block } from './block'
import { CodeChanges } from './code-changes'
import { environmentFacts, gitFacts, packagesOf } from './environment'
import { Facts } from './facts'
import { FilteredFacts } from './filtered-facts'
import { flatten, showSetting } from './flatten'
import { Notes } from './notes'
import { ReceiptTable } from './receipt-table'
import { RefusedItems } from './refused-items'
import type { RunPlace } from './run-header'
import { StateHistory } from './state-history'

/** Everything that is known of a run besides its curves. */
export function OverviewScreen({ place }: { place: RunPlace }) {
  const trpc = useTRPC()
  const { data: run } = useSuspenseQuery(trpc.runs.get.queryOptions(place))
  const config = flatten(run.config).map(({ name, value }) => ({ name, value: showSetting(value) }))
  const summary = flatten(run.summary).map(({ name, value }) => ({
    name,
    value: typeof value === 'number' ? formatNumber(value) : showSetting(value),
  }))
  const environment = environmentFacts(run.environment)
  const git = gitFacts(run.environment)
  const packages = packagesOf(run.environment).map(({ name, version }) => ({ name, value: version }))
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <h2 className="sr-only">Overview</h2>
      <div className="columns-[380px] gap-3 *:mb-3 *:break-inside-avoid">
        <Block title="Config" count={config.length} empty="Nothing was given to init(config=…).">
          <FilteredFacts what="config" facts={config} />
        </Block>
        <Block
          title="Summary"
          count={summary.length}
          empty="The script set nothing in run.summary and defined no statistics."
        >
          <Facts facts={summary} />
        </Block>
        <Block title="Receipt">
          <ReceiptTable run={run} />
          <RefusedItems items={run.refusedItems} />
        </Block>
        <Block title="States">
          <StateHistory states={run.states} />
        </Block>
        <Notes place={place} notes={run.notes} editable={run.may.includes('run.edit')} />
        <Block title="Code" count={git.length} empty="The script did not run in a Git checkout.">
          <Facts facts={git} />
          <CodeChanges environment={run.environment} />
        </Block>
        <Block title="Environment" count={environment.length} empty="The machine has not told of itself yet.">
          <Facts facts={environment} />
        </Block>
        <Block title="Packages" count={packages.length} empty="No package list was sent.">
          <FilteredFacts what="packages" facts={packages} />
        </Block>
      </div>
    </div>
  )
}
