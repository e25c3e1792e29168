// The edit page: what is typed is saved at once, the outline is walked by keys, the preview follows. Without this script
// the same forms are sent by their buttons. This is the one module that acts when it is loaded.
import { startAnswers } from "./answers.js";
import { startConditions } from "./conditions.js";
import { startFormulas } from "./formula.js";
import { startKeys } from "./keys.js";
import { startGrid } from "./grid.js";
import { startDragging } from "./drag.js";
import { startPreview } from "./preview.js";
import { startProofs } from "./proof.js";
import { startSaving } from "./save.js";
import { startTheme } from "./theme.js";
import { startTrial } from "./trial.js";
import { startEffect } from "./effect.js";

document.documentElement.classList.add("js");
startAnswers();
startPreview();
startSaving();
startTrial();
startProofs();
startDragging();
startFormulas();
startKeys();
startConditions();
startEffect();
startGrid();
startTheme();
