/** What the model learns by heart. */
export const text = `A network that fits its training set could still be of no use.
There are many more bad ones than good ones, if one counts them.
Yet training finds a good one, again and again. Why is that?
A bad one has to bend around every point, and a small push on
its weights undoes the bend. Its basin is narrow. A good one has
room on all sides, and in a space of many weights a little more
room on each side is so much more room in all that a search
which starts anywhere hardly ever meets a bad one.
`;
