@echo off
set "NoDefaultCurrentDirectoryInExePath=1"
set "PY=py"
if exist "%~dp0..\.venv\Scripts\python.exe" set "PY=%~dp0..\.venv\Scripts\python.exe"
"%PY%" -P -m reportgen build "%~dp0."
pause
