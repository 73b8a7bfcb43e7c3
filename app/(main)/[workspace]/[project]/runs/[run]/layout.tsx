import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { openRun, type RunParams } from '@/app/open-run'
import { Page } from '@/ui/features/frame/page'
import { RunFrame } from '@/ui/features/run/run-frame'
import { HydrateClient } from '@/ui/trpc/server'

type Props = { params: RunParams; children: ReactNode }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { run } = await openRun(params)
  return { title: run.name }
}

export default async function RunLayout({ params, children }: Props) {
  const { place } = await openRun(params)
  return (
    <HydrateClient>
      <Page workspace={place.workspace}>
        <RunFrame place={place}>{children}</RunFrame>
      </Page>
    </HydrateClient>
  )
}
