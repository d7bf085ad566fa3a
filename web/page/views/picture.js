// The picture of a function.

import { picture } from "../requests.js";
import { drawing } from "./drawing.js";

export const request = (state) => picture(state);

export const show = (state, record) => drawing(state, record, "picture");
