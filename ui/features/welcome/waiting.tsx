import { StateIcon } from '@/ui/kit/state-icon'
import { NothingArrives } from './nothing-arrives'

export function Waiting({ lit }: { lit: boolean }) {
  return (
    <p role="status" className="t-small mt-4 flex items-center gap-2.5 text-ink-2">
      <StateIcon shape={lit ? 'ringed-dot' : 'broken-ring'} tone={lit ? 'ok' : 'quiet'} />
      <span className="flex-1">
        <b className="font-medium text-ink">{lit ? 'The first run is here.' : 'Waiting for the first point.'}</b>{' '}
        {lit ? 'Opening it.' : 'The page becomes the run by itself.'}
      </span>
      {lit ? null : <NothingArrives />}
    </p>
  )
}
