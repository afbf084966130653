// SPDX-License-Identifier: Apache-2.0
// Runs a server that would listen on every interface, on 127.0.0.1 and a free port instead.
// Arguments: the server's main file, then the port by which it knows its plain HTTP listener.
// Writes "listening PORT" once plain HTTP is bound, and ends when its standard input does, so that
// it never outlives the process that started it.
'use strict';
const net = require('net');

const [main, plainPort] = process.argv.slice(2);
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function (port, ...rest) {
  const onListening = rest.find((argument) => typeof argument === 'function');
  if (String(port) === plainPort) {
    this.once('listening', () => process.stdout.write(`listening ${this.address().port}\n`));
  }
  return listen.call(this, { host: '127.0.0.1', port: 0 }, onListening);
};

process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();

require(main);
