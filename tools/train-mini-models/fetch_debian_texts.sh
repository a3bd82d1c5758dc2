#!/usr/bin/env bash
# Downloads the Debian documentation packages that the mini models learn general English and technical English from,
# and unpacks them (installs nothing). Usage: fetch_debian_texts.sh FOLDER
set -euo pipefail
folder=${1:?usage: fetch_debian_texts.sh FOLDER}
packages=(
  wordnet-base dict-foldoc dict-gcide python3.11-doc debian-reference-en debian-handbook postgresql-doc-15
  sqlite3-doc apache2-doc git-doc manpages manpages-dev perl-doc anarchism r-doc-html gnuplot-doc python-scipy-doc
  python-pandas-doc python-django-doc python-sklearn-doc libreoffice-help-en-us gimp-help-en harden-doc
  python-sqlalchemy-doc developers-reference pspp octave-doc exim4-doc-html
  bind9-doc c++-annotations-html cmake-doc db5.3-doc erlang-doc gap-doc ghc-doc grass-doc libboost1.74-doc libeigen3-doc
  libigraph-doc linux-doc-6.1 llvm-14-doc maxima-doc mit-scheme-doc openmpi-doc postfix-doc python-biopython-doc
  python-dipy-doc python-nipype-doc python-skimage-doc python-statsmodels-doc python-sympy-doc rust-doc scheme48-doc
  stl-manual swi-prolog-doc
)
mkdir -p "$folder/deb" "$folder/text"
apt-get -o Acquire::Languages=en update
(cd "$folder/deb" && apt-get download "${packages[@]}")
for package in "$folder"/deb/*.deb; do
  dpkg -x "$package" "$folder/text/$(basename "$package" | cut -d_ -f1)"
done
# Package descriptions: a short line and a long text for each of some 60,000 programs and libraries.
for list in /var/lib/apt/lists/*_main_i18n_Translation-en*; do /usr/lib/apt/apt-helper cat-file "$list"; done >"$folder/text/descriptions.txt"
