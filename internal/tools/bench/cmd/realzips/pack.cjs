// pack.cjs OUT DIR writes the files below DIR to OUT.LIBRARY.zip with each JavaScript library that is installed: what a browser or a Node
// service uploads. collect.sh installs the libraries and sets NODE_PATH to where they are.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const {pipeline} = require('node:stream/promises');

const [out, dir] = process.argv.slice(2);
const names = fs.readdirSync(dir, {recursive: true})
	.filter((name) => fs.lstatSync(path.join(dir, name)).isFile())
	.sort();
const read = (name) => fs.readFileSync(path.join(dir, name));

// Buffered libraries take all files at once; jszip and pizzip share one interface.
const like = (Zip, generate) => async (to) => {
	const zip = new Zip();
	names.forEach((name) => zip.file(name, read(name)));
	fs.writeFileSync(to, await zip[generate]({type: 'nodebuffer', compression: 'DEFLATE'}));
};

const writers = {
	'jszip': (jszip) => like(jszip, 'generateAsync'),
	'pizzip': (pizzip) => like(pizzip, 'generate'),
	'fflate': (fflate) => async (to) => fs.writeFileSync(to, fflate.zipSync(Object.fromEntries(names.map((name) => [name, read(name)])))),
	'adm-zip': (AdmZip) => async (to) => {
		const zip = new AdmZip();
		names.forEach((name) => zip.addFile(name, read(name)));
		fs.writeFileSync(to, zip.toBuffer());
	},
	'yazl': (yazl) => async (to) => {
		const zip = new yazl.ZipFile();
		names.forEach((name, i) => (i % 2 ? zip.addFile(path.join(dir, name), name) : zip.addReadStream(fs.createReadStream(path.join(dir, name)), name)));
		zip.end();
		await pipeline(zip.outputStream, fs.createWriteStream(to));
	},
	'archiver': (archiver) => async (to) => {
		const zip = archiver('zip');
		zip.directory(dir, false);
		zip.finalize();
		await pipeline(zip, fs.createWriteStream(to));
	},
};

(async () => {
	for (const [name, writer] of Object.entries(writers)) {
		await writer(require(name))(`${out}.${name}.zip`);
	}
})();
