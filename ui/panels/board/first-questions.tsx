'use client'

import { useSyncExternalStore } from 'react'
import { MARGINS, NARROWEST } from '../use-plot-width'

/** A panel's question but for its width, which only the browser knows. */
export type FirstQuestion = { metric: string; question: object }

/**
 * Asks for the series of the first screen as soon as its panels have a place, a third of a second before the page's
 * scripts have taken over. Plain enough for any browser; `first-answer` hands over what comes.
 */
const boot = `(function(panels){var began=Date.now();
function ask(){var hosts=[].slice.call(document.querySelectorAll('[data-panel]'));
if(!hosts.length||!hosts[0].clientWidth)return Date.now()-began<2000&&requestAnimationFrame(ask);
var questions=[];panels.forEach(function(panel){var host=hosts.filter(function(e){return e.dataset.panel===panel.metric})[0];
var box=host&&host.getBoundingClientRect();if(!box||box.top>innerHeight+240)return;
var width=Math.max(${NARROWEST},Math.round((host.clientWidth-${MARGINS})*devicePixelRatio));
questions.push(Object.assign({},panel.question,{width:width}))});
if(!questions.length)return;
window.firstSeries={questions:questions.map(function(each){return JSON.stringify(each)}),
answer:fetch('/api/series',{method:'POST',headers:{'content-type':'application/json'},
body:JSON.stringify({panels:questions.map(function(each,i){return Object.assign({id:'f'+i},each)})})})};
window.firstSeries.answer.catch(function(){})}
ask()})`

const never = () => () => {}

/** Only in the HTML that the server sends: a board that is come to by a link asks as it is mounted. */
export function FirstQuestions({ panels }: { panels: () => readonly FirstQuestion[] }) {
  const sent = useSyncExternalStore(
    never,
    () => false,
    () => true,
  )
  if (!sent) return null
  const text = typeof window === 'undefined' ? `${boot}(${JSON.stringify(panels()).replaceAll('<', '\\u003c')})` : ''
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own words, and JSON that can close no script
  return <script suppressHydrationWarning dangerouslySetInnerHTML={{ __html: text }} />
}
