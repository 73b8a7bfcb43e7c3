import type { PanelRun } from '@/ui/panels/panel-run'

/** Why a board has no panel, and what fills it. */
export function BoardEmpty({ runs }: { runs: readonly PanelRun[] }) {
  const [title, text] = wordsOf(runs)
  return (
    <div className="px-2 py-7">
      <h2 className="t-page">{title}</h2>
      <p className="mt-1 text-ink-2">{text}</p>
    </div>
  )
}

function wordsOf(runs: readonly PanelRun[]): [title: string, text: string] {
  if (runs.length === 0) return ['No run is on the board', 'Open the eye of a run in the list, or clear the filter.']
  if (runs.some(run => run.live))
    return ['Waiting for the first point', 'A panel appears here by itself for each key that run.log() names.']
  return ['Nothing was logged', 'A panel appears here for each key that run.log() names.']
}
