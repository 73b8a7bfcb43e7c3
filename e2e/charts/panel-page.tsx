import '@/app/globals.css'
import { createRoot } from 'react-dom/client'
import { plainDrawing } from '@/ui/panels/line/drawing'
import { LinePanel } from '@/ui/panels/line-panel'

const runs = [
  { run: '1', name: 'first', order: 1, live: true },
  { run: '2', name: 'second', order: 2, live: false },
]

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <main style={{ width: 420 }}>
      <LinePanel metric="train/loss" runs={runs} of={5} drawing={{ ...plainDrawing, strength: 0.5 }} />
    </main>,
  )
}
