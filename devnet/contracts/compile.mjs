// Compiles contracts of the npm package @chainlink/contracts and PriceConsumer.sol into JSON files with the ABI and the
// creation code: LinkToken, Operator and PriceConsumer for the devnet; LinkToken, FluxAggregator, Flags and
// AuthorizedForwarder and RandomnessCheck for tests.
//
//   npm ci --ignore-scripts && npm run build     writes them
//   npm ci --ignore-scripts && npm run check     compares them with the committed ones
//
// The package is fetched as a tarball, checked against its digest and unpacked: installing it would also install what
// its own build needs, which its sources do not.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const here = dirname(fileURLToPath(import.meta.url))
const devnet = join(here, '../src/main/resources/io/carabiner/devnet/contracts')
const tests = join(here, '../../testkit/src/main/resources/io/carabiner/testkit/contracts')
const VERSION = '0.8.0'
const DIGEST = 'nUv1Uxw5Mn92wgLs2bgPYmo8hpdQ3s9jB/lcbdU0LmNOVu0hbfmouVnqwRLa28Ll50q6GczUA+eO0ikNIKLZsA=='
const PREFIX = '@chainlink/contracts/'

const contracts = [
  { name: 'LinkToken', file: PREFIX + 'src/v0.4/LinkToken.sol', solc: 'solc4', licence: 'MIT', targets: [devnet, tests] },
  { name: 'Operator', file: PREFIX + 'src/v0.7/Operator.sol', solc: 'solc7', licence: 'MIT', targets: [devnet] },
  { name: 'AuthorizedForwarder', file: PREFIX + 'src/v0.7/AuthorizedForwarder.sol', solc: 'solc7', licence: 'MIT', targets: [tests] },
  { name: 'PriceConsumer', file: 'PriceConsumer.sol', solc: 'solc8', licence: 'Apache-2.0', targets: [devnet] },
  { name: 'FluxAggregator', file: PREFIX + 'src/v0.6/FluxAggregator.sol', solc: 'solc6', licence: 'MIT', targets: [tests] },
  { name: 'Flags', file: PREFIX + 'src/v0.6/Flags.sol', solc: 'solc6', licence: 'MIT', targets: [tests] },
  { name: 'RandomnessCheck', file: 'RandomnessCheck.sol', solc: 'solc8', licence: 'Apache-2.0', targets: [tests] }
]

function fetchSources() {
  const folder = join(here, 'node_modules/.sources')
  if (existsSync(join(folder, 'package'))) return join(folder, 'package')
  mkdirSync(folder, { recursive: true })
  execFileSync('npm', ['pack', '--silent', `@chainlink/contracts@${VERSION}`], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const tarball = join(folder, `chainlink-contracts-${VERSION}.tgz`)
  const digest = createHash('sha512').update(readFileSync(tarball)).digest('base64')
  if (digest !== DIGEST) throw new Error(`@chainlink/contracts@${VERSION} has the digest ${digest}, not ${DIGEST}`)
  execFileSync('tar', ['-xzf', tarball, '-C', folder])
  return join(folder, 'package')
}

const sources = fetchSources()

function read(path) {
  return readFileSync(path.startsWith(PREFIX) ? join(sources, path.slice(PREFIX.length)) : join(here, path), 'utf8')
}

// Compilers before 0.8 resolve imports through a callback that differs by version, so all files are handed over.
function closure(path, found = {}) {
  if (found[path]) return found
  const content = read(path)
  if (/^src\/v0\.[678]/.test(path.slice(PREFIX.length)) && path.startsWith(PREFIX)) {
    if (!content.includes('SPDX-License-Identifier: MIT')) throw new Error(`${path} is not under the MIT licence`)
  }
  found[path] = { content }
  for (const match of content.matchAll(/^\s*import\s+(?:[^"';]*from\s+)?["']([^"']+)["'];/gm)) {
    closure(match[1].startsWith('.') ? join(dirname(path), match[1]) : match[1], found)
  }
  return found
}

function compile({ name, file, solc, licence }) {
  const compiler = require(solc)
  const settings = { optimizer: { enabled: true, runs: 1000000 }, outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } } }
  const input = { language: 'Solidity', sources: closure(file), settings }
  const output = JSON.parse((compiler.compileStandardWrapper ?? compiler.compile)(JSON.stringify(input)))
  const errors = (output.errors ?? []).filter((error) => error.severity === 'error')
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join('\n'))
  const compiled = output.contracts[file][name]
  return {
    contract: name,
    source: file.startsWith(PREFIX) ? `@chainlink/contracts@${VERSION}/${file.slice(PREFIX.length)}` : `devnet/contracts/${file}`,
    licence,
    compiler: compiler.version(),
    optimizerRuns: settings.optimizer.runs,
    abi: compiled.abi,
    bytecode: '0x' + compiled.evm.bytecode.object
  }
}

let different = 0
for (const contract of contracts) {
  const text = JSON.stringify(compile(contract), null, 1) + '\n'
  for (const target of contract.targets) {
    const file = join(target, contract.name + '.json')
    if (!process.argv.includes('--check')) {
      mkdirSync(target, { recursive: true })
      writeFileSync(file, text)
      console.log(`${file}: ${text.length} characters`)
    } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
      console.error(`${file} is not what its source compiles to: run npm run build and commit the result`)
      different++
    }
  }
}
process.exit(different)
