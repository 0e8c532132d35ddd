// packers.cjs OUT MODE writes the files below the working directory to OUT/LIBRARY--MODE.zip with each JavaScript library that is installed,
// in the modes that it has. packers.sh calls it, and sets NODE_PATH. A library that fails is reported and left out.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const {pipeline} = require('node:stream/promises');

const [out, mode] = process.argv.slice(2);
const names = fs.readdirSync('.', {recursive: true})
	.filter((name) => fs.lstatSync(name).isFile())
	.sort();
const read = (name) => fs.readFileSync(name);
const plain = mode === 'default';
const save = (to) => fs.createWriteStream(to);

// Each function gets the library and a function that names a file for a mode, and writes its archives.
const writers = {
	'jszip': async (JSZip, to) => {
		for (const [how, options] of [['', {compression: 'DEFLATE'}], ['stored', {}], ['streamed', {compression: 'DEFLATE', streamFiles: true}],
			['stored-streamed', {streamFiles: true}], ['unix', {compression: 'DEFLATE', platform: 'UNIX'}]]) {
			const zip = new JSZip();
			names.forEach((name) => zip.file(name, read(name)));
			fs.writeFileSync(to(how), await zip.generateAsync({type: 'nodebuffer', ...options}));
		}
	},
	'pizzip': async (PizZip, to) => {
		const zip = new PizZip();
		names.forEach((name) => zip.file(name, read(name)));
		fs.writeFileSync(to(''), zip.generate({type: 'nodebuffer', compression: 'DEFLATE'}));
	},
	'node-zip': async (NodeZip, to) => {
		const zip = new NodeZip();
		names.forEach((name) => zip.file(name, read(name)));
		fs.writeFileSync(to(''), zip.generate({base64: false, compression: 'DEFLATE'}), 'binary');
	},
	'fflate': async (fflate, to) => {
		const all = Object.fromEntries(names.map((name) => [name, read(name)]));
		fs.writeFileSync(to(''), fflate.zipSync(all));
		fs.writeFileSync(to('stored'), fflate.zipSync(all, {level: 0}));
		for (const how of ['ZipDeflate', 'ZipPassThrough']) {
			const chunks = [];
			const zip = new fflate.Zip((error, chunk) => { if (error) throw error; chunks.push(chunk); });
			for (const name of names) {
				const file = new fflate[how](name);
				zip.add(file);
				file.push(read(name), true);
			}
			zip.end();
			fs.writeFileSync(to(how), Buffer.concat(chunks));
		}
	},
	'adm-zip': async (AdmZip, to) => {
		const zip = new AdmZip();
		names.forEach((name) => zip.addFile(name, read(name)));
		fs.writeFileSync(to(''), zip.toBuffer());
		const folder = new AdmZip();
		folder.addLocalFolder('.');
		fs.writeFileSync(to('folder'), folder.toBuffer());
	},
	'yazl': async (yazl, to) => {
		for (const [how, add] of [
			['', (zip, name) => zip.addFile(name, name)],
			['stream', (zip, name) => zip.addReadStream(fs.createReadStream(name), name)],
			['stored-stream', (zip, name) => zip.addReadStream(fs.createReadStream(name), name, {compress: false})],
			['buffer', (zip, name) => zip.addBuffer(read(name), name)],
			['zip64', (zip, name) => zip.addFile(name, name, {forceZip64Format: true})],
		]) {
			const zip = new yazl.ZipFile();
			names.forEach((name) => add(zip, name));
			zip.end();
			await pipeline(zip.outputStream, save(to(how)));
		}
	},
	'archiver': async (archiver, to) => {
		for (const [how, options] of [['', {}], ['stored', {store: true}], ['zip64', {forceZip64: true}]]) {
			const zip = archiver('zip', options);
			zip.directory('.', false);
			zip.finalize();
			await pipeline(zip, save(to(how)));
		}
	},
	'zip-stream': async (library, to) => {
		const ZipStream = library.default || library.ZipStream || library;
		for (const [how, options] of [['', {}], ['stored', {store: true}]]) {
			const zip = new ZipStream(options);
			const done = pipeline(zip, save(to(how)));
			for (const name of names) await new Promise((resolve, reject) => zip.entry(read(name), {name}, (e) => e ? reject(e) : resolve()));
			zip.finalize();
			await done;
		}
	},
	'compressing': async (compressing, to) => {
		const zip = new compressing.zip.Stream();
		names.forEach((name) => zip.addEntry(name, {relativePath: name}));
		await pipeline(zip, save(to('')));
	},
	'zip-lib': async (ziplib, to) => ziplib.archiveFolder('.', to('')),
	'zip-dir': async (zipdir, to) => zipdir('.', {saveTo: to('')}),
	'uzip': async (uzip, to) => fs.writeFileSync(to(''), Buffer.from(uzip.encode(Object.fromEntries(names.map((name) => [name, new Uint8Array(read(name))]))))),
	'minizip-asm.js': async (Minizip, to) => {
		const zip = new Minizip();
		names.forEach((name) => zip.append(name, read(name)));
		fs.writeFileSync(to(''), Buffer.from(zip.zip()));
	},
	'bestzip': async (bestzip, to) => bestzip.nodeZip({source: '*', destination: to('')}),
};

// These are ES modules.
const modules = {
	'client-zip': async ({downloadZip}, to) => {
		const files = names.map((name) => ({name, input: read(name), lastModified: new Date()}));
		fs.writeFileSync(to(''), Buffer.from(await downloadZip(files).arrayBuffer()));
	},
	'@zip.js/zip.js': async (zipjs, to) => {
		for (const [how, options] of [['', {}], ['stored', {level: 0}], ['zip64', {zip64: true}], ['aes', {password: 'secret'}],
			['no-descriptors', {dataDescriptor: false}]]) {
			zipjs.configure({useWebWorkers: false});
			const writer = new zipjs.ZipWriter(new zipjs.Uint8ArrayWriter(), options);
			for (const name of names) await writer.add(name, new zipjs.Uint8ArrayReader(new Uint8Array(read(name))));
			fs.writeFileSync(to(how), await writer.close());
		}
	},
};

(async () => {
	for (const [list, load] of [[writers, async (name) => require(name)], [modules, (name) => import(require.resolve(name))]]) {
		for (const [name, writer] of Object.entries(list)) {
			const to = (how) => `${out}/${name.replace(/.*\//, '')}--${[plain ? '' : mode, how].filter(Boolean).join('-') || 'default'}.zip`;
			try {
				await writer(await load(name), to);
			} catch (e) {
				console.error(`packers: ${name}: ${e.message}`);
			}
		}
	}
})();
