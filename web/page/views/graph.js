// The computational graph of a program.

import { graph } from "../requests.js";
import { drawing } from "./drawing.js";

export const request = (state) => graph(state);

export const show = (state, record) => drawing(state, record, "graph");
