import type { ReactNode } from 'react'
import { plain } from '@/app/open'
import { Page } from '@/ui/features/frame/page'
import { SettingsFrame } from '@/ui/features/settings/settings-frame'

type Props = { params: Promise<{ workspace: string }>; children: ReactNode }

export default async function SettingsLayout({ params, children }: Props) {
  const workspace = plain((await params).workspace)
  return (
    <Page workspace={workspace}>
      <SettingsFrame workspace={workspace}>{children}</SettingsFrame>
    </Page>
  )
}
