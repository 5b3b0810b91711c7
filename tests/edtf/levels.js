// Says what edtf.js makes of each text of a list: its level, and the first and the last day: node levels.js FOLDER < LIST.
// FOLDER is where edtf.js is installed.

const { default: edtf, parse } = require(require.resolve("edtf", { paths: [process.argv[2]] }));

const day = (moment) => (Number.isFinite(moment) ? new Date(moment).toISOString().split("T")[0] : null);

const attempt = (act) => {
    try {
        return act();
    } catch {
        return null;
    }
};

const judged = JSON.parse(require("fs").readFileSync(0, "utf8")).map((text) => {
    const level = attempt(() => parse(text).level);
    const date = level === null ? null : attempt(() => edtf(text));
    return { level, first: date && day(date.min), last: date && day(date.max) };
});
process.stdout.write(JSON.stringify(judged));
