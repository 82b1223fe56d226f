"""Seconds and coordinates of openTSNE at perplexity 50 on one thread, as a line of JSON. usage: open-tsne.py MATRIX.npy"""
import json, sys, time
import numpy
import openTSNE

features = numpy.load(sys.argv[1])
start = time.time()
embedding = openTSNE.TSNE(perplexity=50, random_state=0, n_jobs=1).fit(features)
print(json.dumps([time.time() - start, numpy.asarray(embedding).ravel().tolist()]))
