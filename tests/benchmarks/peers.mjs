// node peers.mjs ENGINE TEMPLATE DATA.json OUT: fills a template with what is counted already.
import fs from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.PEERS}/`);
const [engine, template, data, out] = process.argv.slice(2);
const content = fs.readFileSync(template);
const values = JSON.parse(fs.readFileSync(data, "utf8"));

const engines = {
  docxtemplater() {
    const Zip = require("pizzip"), Docxtemplater = require("docxtemplater");
    const document = new Docxtemplater(new Zip(content), { paragraphLoop: true, linebreaks: true });
    document.render(values);
    fs.writeFileSync(out, document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" }));
  },
  async "easy-template-x"() {
    const { TemplateHandler } = require("easy-template-x");
    fs.writeFileSync(out, await new TemplateHandler().process(content, values));
  },
  carbone() {
    require("carbone").render(template, values, (error, made) => {
      if (error) throw error;
      fs.writeFileSync(out, made);
      process.exit(0);
    });
  },
};
await engines[engine]();
