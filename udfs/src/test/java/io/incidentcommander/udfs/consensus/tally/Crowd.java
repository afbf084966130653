// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.tally;

import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheetBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A crowd with a known truth, made from a seed: questions of differing difficulty and with a
 * tempting wrong answer, classes more or less frequent, agents of differing ability and very
 * differing diligence, some of whom answer the same always. Then colluders, added.
 */
public final class Crowd {
    final String name;
    private final long seed;
    private int honest = 200;
    private int questions = 2000;
    private int classes = 2;
    private double skew;
    private double perQuestion = 5;
    private double diligence = 1.0;
    private double ability = 0.75;
    private double abilitySpread = 0.15;
    private double difficulty = 0.3;
    private double temptation = 0.5;
    private double spammers = 0.05;
    private double share;
    private double wrong = 0.8;
    private double noise;
    private double coverage = 1;
    private int groups = 1;
    private boolean constant;
    private boolean permuted;
    private boolean replacing;
    private double novices;
    private double own;
    private double bias;
    private double uneven;
    private Order order = Order.SHUFFLED;

    enum Order {
        SHUFFLED,
        BY_QUESTION,
        COLLUDERS_LAST,
        COLLUDERS_FIRST
    }

    Crowd(String name, long seed) {
        this.name = name;
        this.seed = seed;
    }

    Crowd honest(int agents, int toQuestions, int ofClasses, double answersPerQuestion) {
        honest = agents;
        questions = toQuestions;
        classes = ofClasses;
        perQuestion = answersPerQuestion;
        return this;
    }

    int questions() {
        return questions;
    }

    /** Half of the agents and of the questions: each agent answers as many as before. */
    Crowd halved() {
        return honest(honest / 2, questions / 2, classes, perQuestion);
    }

    /** Ability: chance to be right on an easy question; difficulty: how much of it is lost. */
    Crowd ability(double mean, double spread, double lost, double tempted) {
        ability = mean;
        abilitySpread = spread;
        difficulty = lost;
        temptation = tempted;
        return this;
    }

    Crowd skew(double exponent) {
        skew = exponent;
        return this;
    }

    /** Exponent of the power law of activity: 0 all alike, 1.5 a few do nearly all. */
    Crowd diligence(double exponent) {
        diligence = exponent;
        return this;
    }

    Crowd spammers(double ofHonest) {
        spammers = ofHonest;
        return this;
    }

    /**
     * @param ofAll share of all agents that collude
     */
    Crowd colluders(double ofAll, double wrongRate, double ownNoise) {
        share = ofAll;
        wrong = wrongRate;
        noise = ownNoise;
        return this;
    }

    Crowd groups(int count) {
        groups = count;
        return this;
    }

    Crowd coverage(double ofQuestions) {
        coverage = ofQuestions;
        return this;
    }

    Crowd constant() {
        constant = true;
        return this;
    }

    /** Colluders take each class for one certain other class, mostly. */
    Crowd permuted() {
        permuted = true;
        return this;
    }

    /** Colluders are not added, but take the places of honest agents, as active as those were. */
    Crowd replacing() {
        replacing = true;
        return this;
    }

    /**
     * @param ofHonest share of agents who take one kind of question in three for another
     */
    Crowd novices(double ofHonest) {
        novices = ofHonest;
        return this;
    }

    /**
     * Agents that confuse classes each in a way of its own.
     *
     * @param spread by how much an agent's ability differs from class to class; also the share of
     *     its errors that go to the class it takes that one for
     */
    Crowd biased(double spread) {
        bias = spread;
        return this;
    }

    /**
     * Classes that are harder for all agents than others.
     *
     * @param spread by how much the chance to be right differs from class to class
     */
    Crowd uneven(double spread) {
        uneven = spread;
        return this;
    }

    /**
     * @param ofAnswers share that each colluder answers as an honest agent would
     */
    Crowd camouflage(double ofAnswers) {
        own = ofAnswers;
        return this;
    }

    Crowd order(Order of) {
        order = of;
        return this;
    }

    /** One answer to one question. */
    static final class Answer {
        final String question;
        final String agent;
        final String label;

        Answer(String question, String agent, String label) {
            this.question = question;
            this.agent = agent;
            this.label = label;
        }
    }

    /** What came out: the answers in their order and the truth. */
    static final class Drawn {
        final List<Answer> answers = new ArrayList<>();
        final Map<String, String> truth = new HashMap<>();

        AnswerSheet sheet() {
            AnswerSheetBuilder builder = new AnswerSheetBuilder();
            answers.forEach(a -> builder.add(a.question, a.agent, a.label));
            return builder.build();
        }

        AgreementTally tally() {
            AgreementTally tally = new AgreementTally();
            answers.forEach(a -> tally.add(a.question, a.agent, a.label));
            return tally;
        }

        double accuracy(AnswerSheet sheet, int[] decided) {
            int right = 0;
            for (int q = 0; q < decided.length; q++) {
                right +=
                        decided[q] >= 0
                                        && sheet.labels()
                                                .get(decided[q])
                                                .equals(truth.get(sheet.questions().get(q)))
                                ? 1
                                : 0;
            }
            return right / (double) truth.size();
        }
    }

    Drawn draw() {
        Random random = new Random(seed);
        Drawn drawn = new Drawn();
        double[] prior = prior();
        int[] truth = new int[questions];
        int[] tempting = new int[questions];
        double[] hard = new double[questions];
        for (int q = 0; q < questions; q++) {
            truth[q] = pick(prior, random);
            do {
                tempting[q] = classes == 2 ? 1 - truth[q] : pick(prior, random);
            } while (tempting[q] == truth[q]);
            hard[q] = Math.pow(random.nextDouble(), 2) * 2 * difficulty;
            drawn.truth.put("q" + q, "c" + truth[q]);
        }
        List<Answer> good = honestAnswers(random, truth, tempting, hard, prior);
        List<Answer> bad = replacing ? replaced(random, truth, good) : colluding(random, truth);
        if (order == Order.COLLUDERS_FIRST) {
            drawn.answers.addAll(bad);
            drawn.answers.addAll(good);
        } else {
            drawn.answers.addAll(good);
            drawn.answers.addAll(bad);
        }
        if (order == Order.SHUFFLED || order == Order.BY_QUESTION) {
            Collections.shuffle(drawn.answers, random);
        }
        if (order == Order.BY_QUESTION) {
            drawn.answers.sort(Comparator.comparing(a -> a.question));
        }
        return drawn;
    }

    private double[] prior() {
        double[] prior = new double[classes];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            prior[c] = Math.pow(c + 1.0, -skew);
            sum += prior[c];
        }
        for (int c = 0; c < classes; c++) {
            prior[c] /= sum;
        }
        return prior;
    }

    private List<Answer> honestAnswers(
            Random random, int[] truth, int[] tempting, double[] hard, double[] prior) {
        double[] active = new double[honest];
        double[] able = new double[honest];
        int[] always = new int[honest];
        for (int a = 0; a < honest; a++) {
            active[a] = Math.pow(a + 1.0, -diligence);
            double drawn = ability + abilitySpread * random.nextGaussian();
            able[a] = Math.max(0.9 / classes, Math.min(0.99, drawn));
            always[a] = random.nextDouble() < spammers ? pick(prior, random) : -1;
        }
        normalise(active);
        double[][] leaning = new double[honest][classes];
        int[][] takenFor = new int[honest][classes];
        Random minds = new Random(seed + 1);
        double[] easier = new double[classes];
        for (int c = 0; c < classes; c++) {
            easier[c] = uneven * minds.nextGaussian();
        }
        for (int a = 0; a < honest; a++) {
            for (int c = 0; c < classes; c++) {
                leaning[a][c] = easier[c] + bias * minds.nextGaussian();
                takenFor[a][c] = other(c, minds);
            }
        }
        List<Answer> answers = new ArrayList<>();
        for (int q = 0; q < questions; q++) {
            int wanted = Math.max(1, Math.min(honest, (int) Math.round(perQuestion)));
            boolean[] taken = new boolean[honest];
            for (int n = 0; n < wanted; n++) {
                int a = wanted == honest ? n : pick(active, random);
                for (int tries = 0; taken[a] && tries < 50; tries++) {
                    a = pick(active, random);
                }
                if (taken[a]) {
                    continue;
                }
                taken[a] = true;
                double chance = 1.0 / classes;
                double able1 = Math.max(0.02, Math.min(0.99, able[a] + leaning[a][truth[q]]));
                double p = chance + (able1 - chance) * (1 - Math.min(1.2, hard[q]));
                int label;
                if (always[a] >= 0) {
                    label = always[a];
                } else if (a < novices * honest && q % 3 == 0) {
                    label = random.nextDouble() < 0.75 ? tempting[q] : truth[q];
                } else if (random.nextDouble() < p) {
                    label = truth[q];
                } else if (bias > 0 && random.nextDouble() < 3 * bias) {
                    label = takenFor[a][truth[q]];
                } else if (random.nextDouble() < temptation) {
                    label = tempting[q];
                } else {
                    label = other(truth[q], random);
                }
                answers.add(new Answer("q" + q, "h" + a, "c" + label));
            }
        }
        return answers;
    }

    private List<Answer> colluding(Random random, int[] truth) {
        int count = (int) Math.round(honest * share / (1 - share));
        int[][] leader = leaders(random, truth);
        List<Answer> answers = new ArrayList<>();
        for (int a = 0; a < count; a++) {
            for (int q = 0; q < questions; q++) {
                if (random.nextDouble() < coverage) {
                    int label = told(leader[a % groups][q], truth[q], random);
                    answers.add(new Answer("q" + q, "x" + a, "c" + label));
                }
            }
        }
        return answers;
    }

    /** Takes the answers of a share of the agents out of the honest ones and makes them lies. */
    private List<Answer> replaced(Random random, int[] truth, List<Answer> good) {
        int[][] leader = leaders(random, truth);
        List<Integer> places = new ArrayList<>();
        for (int a = 0; a < honest; a++) {
            places.add(a);
        }
        Collections.shuffle(places, random);
        Map<String, Integer> taken = new HashMap<>();
        for (int i = 0; i < Math.round(honest * share); i++) {
            taken.put("h" + places.get(i), i);
        }
        List<Answer> answers = new ArrayList<>();
        for (Answer given : good) {
            Integer colluder = taken.get(given.agent);
            if (colluder != null) {
                int q = Integer.parseInt(given.question.substring(1));
                int label = told(leader[colluder % groups][q], truth[q], random);
                answers.add(new Answer(given.question, "x" + colluder, "c" + label));
            }
        }
        good.removeIf(given -> taken.containsKey(given.agent));
        return answers;
    }

    private int[][] leaders(Random random, int[] truth) {
        int[][] leader = new int[groups][questions];
        for (int g = 0; g < groups; g++) {
            int turn = permuted ? 1 + random.nextInt(classes - 1) : 0;
            for (int q = 0; q < questions; q++) {
                if (constant) {
                    leader[g][q] = g % classes;
                } else if (random.nextDouble() >= wrong) {
                    leader[g][q] = truth[q];
                } else if (permuted) {
                    leader[g][q] = (truth[q] + turn) % classes;
                } else {
                    leader[g][q] = other(truth[q], random);
                }
            }
        }
        return leader;
    }

    /** What a colluder says where its leader says something. */
    private int told(int leader, int truth, Random random) {
        if (random.nextDouble() < noise) {
            return random.nextInt(classes);
        }
        if (random.nextDouble() < own) {
            return random.nextDouble() < ability ? truth : other(truth, random);
        }
        return leader;
    }

    private int other(int than, Random random) {
        int label = random.nextInt(classes - 1);
        return label >= than ? label + 1 : label;
    }

    private static void normalise(double[] shares) {
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
    }

    private static int pick(double[] shares, Random random) {
        double at = random.nextDouble();
        for (int i = 0; i < shares.length; i++) {
            at -= shares[i];
            if (at < 0) {
                return i;
            }
        }
        return shares.length - 1;
    }
}
