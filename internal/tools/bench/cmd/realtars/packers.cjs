// packers.cjs OUT/node/NAME-MODE.tar writes the files below the working directory to OUT/LIBRARY/NAME-MODE.tar with each JavaScript library
// that is installed. packers.sh calls it, and sets NODE_PATH. A library that fails is reported and left out.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const {pipeline} = require('node:stream/promises');

const [target] = process.argv.slice(2);
const out = path.dirname(path.dirname(target));
const all = fs.readdirSync('.', {recursive: true}).sort();
const names = all.filter((name) => fs.lstatSync(name).isFile());
const read = (name) => fs.readFileSync(name);
const save = (to) => fs.createWriteStream(to);

// Each function gets the library and the path of its archive.
const writers = {
	'tar': async (tar, to) => tar.create({file: to, gzip: true}, ['.']),
	'tar-stream': async (library, to) => {
		const pack = library.pack();
		for (const name of names) pack.entry({name, mtime: fs.lstatSync(name).mtime}, read(name));
		pack.finalize();
		await pipeline(pack, save(to));
	},
	'tar-fs': async (library, to) => pipeline(library.pack('.'), save(to)),
	'archiver': async (library, to) => {
		const archive = library.TarArchive ? new library.TarArchive({gzip: true}) : library('tar', {gzip: true});
		archive.directory('.', false);
		archive.finalize();
		await pipeline(archive, save(to));
	},
	'compressing': async (compressing, to) => compressing.tgz.compressDir('.', to),
	'modern-tar': async ({packTar}, to) => {
		const data = await packTar(names.map((name) => ({header: {name, size: read(name).length}, body: read(name)})));
		fs.writeFileSync(to, data);
	},
	'nanotar': async ({createTar}, to) => fs.writeFileSync(to, createTar(names.map((name) => ({name, data: new Uint8Array(read(name))})))),
	'tar-js': async (Tar, to) => {
		const tape = new Tar();
		let data;
		for (const name of names) data = tape.append(name, new Uint8Array(read(name)));
		fs.writeFileSync(to, data);
	},
	'tarts': async (library, to) => {
		const pack = library.default || library;
		fs.writeFileSync(to, pack(names.map((name) => ({name, content: new Uint8Array(read(name))}))));
	},
	'@napi-rs/tar': async ({Builder}, to) => {
		const archive = new Builder(to);
		for (const name of names) archive.appendPath ? archive.appendPath(name) : archive.append(name);
		archive.finish();
	},
};

(async () => {
	for (const [library, writer] of Object.entries(writers)) {
		const dir = path.join(out, 'node-' + library.replace(/[@/]+/g, '-').replace(/^-/, ''));
		const to = path.join(dir, path.basename(target));
		fs.mkdirSync(dir, {recursive: true});
		try {
			let loaded;
			try {
				loaded = require(library);
			} catch (e) {
				loaded = await import(require.resolve(library));
			}
			await writer(loaded, to);
		} catch (e) {
			fs.rmSync(to, {force: true});
			console.error(`packers: ${library}: ${e.message}`);
		}
	}
})();
