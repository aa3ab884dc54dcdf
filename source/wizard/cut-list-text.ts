/** A list that was given up before its end. @param total how many tokens the server says there are */
export const cutListText = (total: number): string =>
  `caution: the list is cut off. The server says that there are ${total} app tokens, and gives them in too many pieces: those that are missing were not looked at.`;
