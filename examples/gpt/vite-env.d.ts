/** What Vite makes of such an import: the file's address. */
declare module '*?url' {
  const address: string;
  export default address;
}
