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
			['stored-streamed', {streamFiles: true}], ['unix', {compression: 'DEFLATE', platform: 'UNIX'}],
			['commented', {comment: 'a comment'}]]) {
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
	'do-not-zip': async (library, to) => fs.writeFileSync(to(''), library.toBuffer(names.map((name) => ({path: name, data: read(name)})))),
	'littlezipper': async ({createZip}, to) => {
		const all = names.map((name) => ({path: name, data: new Uint8Array(read(name)), lastModified: fs.statSync(name).mtime}));
		fs.writeFileSync(to(''), await createZip(all));
		fs.writeFileSync(to('stored'), await createZip(all, false));
	},
	'easy-zip': async ({EasyZip}, to) => {
		const zip = new EasyZip();
		names.forEach((name) => zip.file(name, read(name)));
		await new Promise((resolve) => zip.writeToFile(to(''), resolve));
	},
	'node-native-zip': async (NativeZip, to) => {
		const zip = new NativeZip();
		names.forEach((name) => zip.add(name, read(name)));
		fs.writeFileSync(to(''), zip.toBuffer());
	},
	'moxie-zip': async ({ZipWriter}, to) => {
		const zip = new ZipWriter();
		names.forEach((name) => zip.addFile(name, name));
		await new Promise((resolve) => zip.saveAs(to(''), resolve));
	},
	'deterministic-zip-ng': async (zip, to) => new Promise((resolve, reject) =>
		zip('.', to(''), {includes: ['./**'], cwd: '.'}, (e) => e ? reject(e) : resolve())),
	'archiver-zip-encrypted': async (format, to) => {
		const archiver = require('archiver');
		archiver.registerFormat('zip-encrypted', format);
		for (const how of ['aes256', 'zip20']) {
			const zip = archiver.create('zip-encrypted', {encryptionMethod: how, password: 'secret'});
			names.forEach((name) => zip.append(read(name), {name}));
			zip.finalize();
			await pipeline(zip, save(to(how)));
		}
	},
	'7zip-bin': async ({path7za}, to) => {
		const {execFileSync} = require('node:child_process');
		fs.chmodSync(path7za, 0o755);
		for (const [how, switches] of [['', []], ['stored', ['-mx=0']], ['utf8', ['-mcu=on']]]) {
			execFileSync(path7za, ['a', '-bd', '-tzip', ...switches, to(how), '.'], {stdio: 'ignore'});
		}
	},
	// The libraries from here on write documents: the archive is theirs, its content is not the tree.
	'xlsx': async (xlsx, to) => {
		const book = xlsx.utils.book_new();
		xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([['x', 1]]), 'S');
		for (const kind of ['xlsx', 'xlsm', 'xlsb', 'ods']) {
			fs.writeFileSync(to(kind), xlsx.write(book, {bookType: kind, type: 'buffer'}));
			fs.writeFileSync(to(`${kind}-deflated`), xlsx.write(book, {bookType: kind, type: 'buffer', compression: true}));
		}
	},
	'exceljs': async (exceljs, to) => {
		const book = new exceljs.Workbook();
		book.addWorksheet('S').addRow(['x', 1]);
		await book.xlsx.writeFile(to(''));
		const streamed = new exceljs.stream.xlsx.WorkbookWriter({filename: to('streamed')});
		streamed.addWorksheet('S').addRow(['x', 1]).commit();
		await streamed.commit();
	},
	'docx': async (docx, to) => fs.writeFileSync(to(''), await docx.Packer.toBuffer(
		new docx.Document({sections: [{children: [new docx.Paragraph('x')]}]}))),
	'pptxgenjs': async (Pptx, to) => {
		const show = new Pptx();
		show.addSlide().addText('x', {x: 1, y: 1});
		fs.writeFileSync(to(''), await show.write({outputType: 'nodebuffer'}));
	},
	'xlsx-populate': async (populate, to) => {
		const book = await populate.fromBlankAsync();
		book.sheet(0).cell('A1').value('x');
		await book.toFileAsync(to(''));
	},
	'officegen': async (officegen, to) => {
		for (const kind of ['docx', 'xlsx', 'pptx']) {
			const made = officegen(kind);
			if (kind === 'docx') made.createP().addText('x');
			if (kind === 'xlsx') made.makeNewSheet().data[0] = ['x'];
			if (kind === 'pptx') made.makeNewSlide().addText('x');
			const file = save(to(kind));
			await new Promise((resolve, reject) => { file.on('close', resolve); made.on('error', reject); made.generate(file); });
		}
	},
};
const documents = ['xlsx', 'exceljs', 'docx', 'pptxgenjs', 'xlsx-populate', 'officegen'];
// These take their times from the files; to the others a tree of old files is like any other.
const dated = ['archiver', 'adm-zip', 'yazl', 'zip-lib', 'zip-dir', 'bestzip', 'littlezipper', '7zip-bin', 'compressing'];

// These are ES modules.
const modules = {
	'@endo/zip': async ({ZipWriter}, to) => {
		const zip = new ZipWriter();
		names.forEach((name) => zip.write(name, new Uint8Array(read(name))));
		fs.writeFileSync(to(''), zip.snapshot());
	},
	'client-zip': async ({downloadZip}, to) => {
		const files = names.map((name) => ({name, input: read(name), lastModified: new Date()}));
		fs.writeFileSync(to(''), Buffer.from(await downloadZip(files).arrayBuffer()));
	},
	'@zip.js/zip.js': async (zipjs, to) => {
		for (const [how, options] of [['', {}], ['stored', {level: 0}], ['zip64', {zip64: true}], ['aes', {password: 'secret'}],
			['no-descriptors', {dataDescriptor: false}], ['encrypted', {password: 'secret', zipCrypto: true}], ['dos', {msDosCompatible: true}],
			['unsigned-descriptors', {dataDescriptorSignature: false}], ['commented', {comment: 'of an entry'}],
			['extended-times', {extendedTimestamp: true}], ['no-flag', {useUnicodeFileNames: false}]]) {
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
			const to = (how) => `${out}/${name.replace(/^@zip.js\//, '').replace('@', '').replace('/', '-')}--${[plain ? '' : mode, how].filter(Boolean).join('-') || 'default'}.zip`;
			if (!plain && documents.includes(name) || mode === 'old' && !dated.includes(name)) continue;
			try {
				await writer(await load(name), to);
			} catch (e) {
				console.error(`packers: ${name}: ${e.message}`);
			}
		}
	}
})();
