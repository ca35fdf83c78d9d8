// SPDX-License-Identifier: Apache-2.0
import { mount } from 'svelte';

import './look/tokens.css';
import './look/base.css';
import './look/tables.css';
import './look/print.css';

import App from './App.svelte';

mount(App, { target: document.getElementById('page') });
