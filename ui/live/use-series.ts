'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { askSeries, type PanelQuestion } from './ask-series'
import { liveClient } from './live-client'
import { forgetPaced, paced } from './paced'
import { type FeedState, SeriesFeed } from './series-feed'

export type SeriesQuestion = Omit<PanelQuestion, 'held'>

const nothing: FeedState = { series: [], read: false, failure: null }

/**
 * The series of a question, live. While another question is being read, what was there stays in place. Not `active`: keeps
 * what it has and asks for nothing, as a panel out of view does.
 */
export function useSeries(question: SeriesQuestion, active: boolean): FeedState & { retry: () => void } {
  const [state, setState] = useState(nothing)
  const feed = useRef<SeriesFeed | null>(null)
  const asked = JSON.stringify(question)

  useEffect(() => {
    const show = () => {
      const { read, failure, series } = mine.state
      shown = read
      setState(before => (read ? mine.state : { ...before, failure, series: before.read ? before.series : series }))
    }
    let shown = false
    const told = () => paced(show, !shown || mine.state.failure !== null)
    const mine = new SeriesFeed(JSON.parse(asked) as SeriesQuestion, { live: liveClient(), ask: askSeries }, told)
    feed.current = mine
    return () => {
      forgetPaced(show)
      mine.close()
    }
  }, [asked])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is another feed to open
  useEffect(() => {
    if (!active) return
    const mine = feed.current
    mine?.open()
    return () => mine?.close()
  }, [active, asked])

  const retry = useCallback(() => feed.current?.read(), [])
  return { ...state, retry }
}
