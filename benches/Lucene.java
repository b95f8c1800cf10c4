// Lucene over the passages that search_scale writes out: p50 and p99 of the ten best hits with their number and text,
// not marked, as benches/results/search.md reports them next to forb.
//
// usage: java -cp JARS benches/Lucene.java PASSAGES.jsonl QUERIES.txt FOLDER
//
// JARS hold Lucene 9 (lucene-core, lucene-analysis-common) and Jackson, as the jar in the PyPI package pyserini does.
// The index is made where it is not there yet. Each query is asked as search_scale asks it: any of its words, ranked by
// BM25 with the settings forb has, all matches counted; once unmeasured, then three rounds.

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;

public class Lucene {
    static final int ROUNDS = 3;

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[2]);
        Analyzer analyzer = new EnglishAnalyzer();
        if (!Files.exists(folder)) {
            long start = System.nanoTime();
            fill(Path.of(arguments[0]), folder, analyzer);
            System.out.printf("made in %.1f s%n", (System.nanoTime() - start) / 1e9);
        }
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(folder)));
        searcher.setSimilarity(new BM25Similarity(0.9f, 0.4f));
        List<Query> queries = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            if (!line.isBlank()) {
                queries.add(query(line, analyzer));
            }
        }
        for (Query query : queries) {
            answer(searcher, query);
        }
        double[] times = new double[ROUNDS * queries.size()];
        long found = 0;
        for (int at = 0; at < times.length; at++) {
            long start = System.nanoTime();
            found += answer(searcher, queries.get(at % queries.size()));
            times[at] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        System.out.printf("%d queries, p50 %.2f ms, p99 %.2f ms, %d found%n", queries.size(),
            times[times.length / 2], times[(int) (times.length * 0.99)], found / ROUNDS);
    }

    static void fill(Path passages, Path folder, Analyzer analyzer) throws Exception {
        ObjectMapper json = new ObjectMapper();
        IndexWriterConfig config = new IndexWriterConfig(analyzer);
        config.setSimilarity(new BM25Similarity(0.9f, 0.4f));
        config.setRAMBufferSizeMB(256);
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config);
             BufferedReader lines = Files.newBufferedReader(passages)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode passage = json.readTree(line);
                Document document = new Document();
                document.add(new StoredField("id", passage.get("id").asText()));
                document.add(new TextField("text", passage.get("text").asText(), Field.Store.YES));
                writer.addDocument(document);
            }
            writer.commit();
        }
    }

    static Query query(String words, Analyzer analyzer) throws Exception {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        try (TokenStream tokens = analyzer.tokenStream("text", words)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                any.add(new TermQuery(new Term("text", word.toString())), BooleanClause.Occur.SHOULD);
            }
            tokens.end();
        }
        return any.build();
    }

    static long answer(IndexSearcher searcher, Query query) throws Exception {
        TopScoreDocCollector best = TopScoreDocCollector.create(10, Integer.MAX_VALUE);
        searcher.search(query, best);
        TopDocs top = best.topDocs();
        for (var hit : top.scoreDocs) {
            searcher.storedFields().document(hit.doc).get("text");
        }
        return top.totalHits.value;
    }
}
