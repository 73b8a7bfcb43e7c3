export default function Page() {
  return <main>Trackside</main>
}
