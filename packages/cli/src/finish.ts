/** What a command does when it is done: says how it went. */
export type Finish = (exitCode: number) => void;
