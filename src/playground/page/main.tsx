import { render } from 'preact';
import { App } from './app.js';
import { connect } from './state/connection.js';
import { watchReading } from './state/unread.js';

connect();
watchReading();
render(<App />, document.body);
