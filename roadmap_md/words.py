"""The words of trackers, in the languages that are read. A word is added here and nowhere else."""

from .status import Status

# Every word that is known, by the English noun that stands for it in keys: `one/many`, a space
# between two words, a line for each family of scripts. Accents and case do not matter. In the
# scripts that write no spaces `#` is the number in any digits and `1` in figures only
# (`周1` is week 1, `周一` is Monday; `第3天` is day 3, `3天` are three days).
KIND_WORDS = {
    'phase': """phase/phases phasen fase/fases fasi aşama/aşamalar evre faz фаза/фазы етап/етапи
        этап/этапы faza fáze fázis 第#阶段 第#階段 第#段階 第#フェーズ 阶段# 階段# フェーズ#""",
    'week': """week/weeks wk/wks semana/semanas semaine/semaines woche/wochen settimana/settimane
        hafta/haftalar неделя/недели тиждень/тижні week/weken tydzień týden vecka/veckor uge/uger
        uke/uker viikko 第#周 第#週 第#星期 周1 週1 #周目 #週目 #週間目 1주차 1주 제1주 주차1""",
    'day': """day/days día/días dia/dias jour/jours journée tag/tage giorno/giorni gün/günler
        день/дни dag/dagen dzień päivä 第#天 第#日 #日目 1일차 제1일 일차1""",
    'month': """month/months mes/meses mês/meses mois monat/monate mese/mesi ay/aylar месяц/месяцы
        місяць/місяці maand/maanden miesiąc měsíc 第#个月 第#個月 第#月 #ヶ月目 #か月目 1개월차""",
    'year': """year/years año/años ano/anos année/années jahr/jahre anno/anni yıl/yıllar год/годы
        рік jaar rok 第#年 #年目 1년차 1학년""",
    'quarter': """quarter/quarters trimestre/trimestres quartal/quartale çeyrek квартал/кварталы
        第#季度 第#四半期 1분기""",
    'semester': """semester/semesters semestre/semestres semestri dönem семестр/семестры
        第#学期 第#學期 1학기""",
    'module': """module/modules módulo/módulos modul/module modulo/moduli modül/modüller
        модуль/модули модулі moduł 模块# 模組# モジュール# 第#模块 모듈1""",
    'milestone': """milestone/milestones hito/hitos jalon/jalons meilenstein/meilensteine marco
        веха/вехи 里程碑# マイルストーン# 마일스톤1""",
    'step': """step/steps paso/pasos passo/passos étape/étapes schritt/schritte passo/passi
        adım/adımlar шаг/шаги крок/кроки stap/stappen krok 第#步骤 第#步驟 第#步 步骤# 步驟#
        ステップ# 第#ステップ 1단계 제1단계 단계1 스텝1""",
    'sprint': 'sprint/sprints спринт/спринты 冲刺# 衝刺# スプリント# 스프린트1',
    'lesson': """lesson/lessons lección/lecciones aula/aulas lição/lições leçon/leçons
        lektion/lektionen lezione/lezioni ders/dersler урок/уроки lekcja lekce
        第#课 第#課 第#节课 レッスン# 1과 제1과 레슨1""",
    'lecture': """lecture/lectures vorlesung/vorlesungen лекция/лекции лекція wykład
        第#讲 第#講 第#回 1강 제1강""",
    'chapter': """chapter/chapters capítulo/capítulos chapitre/chapitres kapitel capitolo/capitoli
        bölüm/bölümler глава/главы розділ hoofdstuk rozdział kapitola 第#章 제1장 챕터1""",
    'part': """part/parts parte/partes partie/parties teil/teile parte/parti kısım часть/части
        частина deel część část 第#部分 第#部 第#篇 部分# パート# 제1부 파트1""",
    'section': """section/sections sección/secciones seção/seções abschnitt/abschnitte
        sezione/sezioni раздел/разделы 第#节 第#節 セクション# 제1절 섹션1""",
    'unit': """unit/units unidad/unidades unidade/unidades unité/unités einheit/einheiten
        unità ünite/üniteler 第#单元 第#單元 单元# 單元# ユニット# 第#ユニット 제1단원 1단원""",
    'level': """level/levels nivel/niveles nível/níveis niveau/niveaux livello/livelli
        seviye/seviyeler уровень/уровни stufe/stufen 级别# レベル# 레벨1""",
    'stage': 'stage/stages ステージ# 스테이지1',
    'topic': 'topic/topics tema/temas thème/thèmes thema/themen konu/konular тема/темы 主题# 토픽1',
    'session': """session/sessions sesión/sesiones sessão/sessões séance/séances sitzung/sitzungen
        sessione/sessioni oturum/oturumlar занятие/занятия セッション# 세션1""",
    'project': """project/projects proyecto/proyectos projeto/projetos projet/projets
        projekt/projekte progetto/progetti proje/projeler проект/проекты 项目# プロジェクト#
        프로젝트1""",
    'exercise': """exercise/exercises ejercicio/ejercicios exercício/exercícios exercice/exercices
        übung/übungen aufgabe/aufgaben esercizio/esercizi alıştırma/alıştırmalar
        упражнение/упражнения 练习# 練習# 연습1""",
    'lab': 'lab/labs laboratorio laboratório laboratuvar',
    'task': """task/tasks tarea/tareas tarefa/tarefas tâche/tâches compito/compiti görev/görevler
        задача/задачи задание/задания 任务# 任務# タスク# 과제1""",
    'iteration': 'iteration/iterations iteración iteração iterazione итерация',
    'block': 'block/blocks bloque/bloques bloco/blocos bloc/blocs blok blocco blöcke блок/блоки',
}

# What people call a status, separated by commas, a line or two for each language: English, Spanish,
# Portuguese, French, German, Italian, Turkish, Russian, Chinese, Japanese, Korean. Case does not
# matter. A word stands for one status only.
STATUS_WORDS: dict[Status, str] = {
    Status.NOT_STARTED: """not started, not yet started, not yet, to do, todo, to-do, pending, open,
        planned, upcoming, not begun, not done, incomplete, queued, unstarted,
        no iniciado, no iniciada, sin iniciar, sin empezar, no empezado, pendiente, por hacer,
        não iniciado, não iniciada, nao iniciado, não começado, a fazer, pendente, planejado,
        non commencé, non commencée, pas commencé, pas commencée, à faire, à venir, prévu,
        nicht begonnen, noch nicht begonnen, nicht gestartet, offen, zu erledigen, geplant,
        non iniziato, non iniziata, da fare, da iniziare, previsto,
        başlanmadı, başlamadı, yapılacak, planlandı,
        не начато, не начат, не начата, предстоит, запланировано, сделать,
        未开始, 未開始, 待办, 待辦, 未完成, 计划中, 計劃中,
        未着手, 未完了, 予定, 시작 전, 시작전, 미시작, 예정, 할 일, 할일""",
    Status.IN_PROGRESS: """in progress, in-progress, doing, started, ongoing, wip, work in progress,
        working, working on it, active, current, underway, partial, partially done,
        en progreso, en proceso, en curso, empezado, iniciado, iniciada, haciendo,
        em andamento, em progresso, em curso, fazendo, começado,
        en cours, commencé, commencée, in arbeit, in bearbeitung, begonnen, angefangen, läuft,
        in corso, iniziato, iniziata, in lavorazione,
        devam ediyor, yapılıyor, sürüyor, başladı,
        в процессе, в работе, начато, начат, начата, выполняется,
        进行中, 進行中, 学习中, 學習中, 作業中, 着手, 着手中, 学習中,
        진행 중, 진행중, 학습 중, 작업 중""",
    Status.COMPLETED: """completed, complete, done, finished, passed, mastered,
        completado, completada, hecho, hecha, terminado, terminada, finalizado, finalizada,
        concluído, concluída, concluido, concluida, feito, feita, completo, completa,
        terminé, terminée, fini, finie, fait, faite, achevé, achevée,
        erledigt, fertig, abgeschlossen, beendet, geschafft,
        completato, completata, fatto, fatta, finito, finita, concluso, conclusa,
        tamamlandı, bitti, yapıldı, tamam,
        завершено, завершён, завершена, выполнено, готово, сделано, закончено, пройдено,
        已完成, 完成, 完了, 済, 済み, 終了, 완료, 완료됨, 끝""",
    Status.BLOCKED: """blocked, on hold, waiting, stuck, paused,
        bloqueado, bloqueada, en espera, en pausa, em espera, em pausa, pausado,
        bloqué, bloquée, en attente, en pause, blockiert, wartet, pausiert,
        bloccato, bloccata, in attesa, in pausa, engellendi, beklemede,
        заблокировано, приостановлено, ожидает,
        阻塞, 受阻, 暂停, 暫停, 保留, 停止中, 보류, 막힘, 대기 중""",
    Status.CANCELLED: """cancelled, canceled, skipped, dropped, abandoned, won't do, wontfix,
        removed,
        cancelado, cancelada, descartado, descartada, omitido,
        annulé, annulée, abandonné, abandonnée, abgebrochen, gestrichen, verworfen, entfällt,
        annullato, annullata, saltato, iptal, iptal edildi, atlandı, отменено, пропущено,
        已取消, 取消, 已跳过, 跳过, 中止, キャンセル, 취소, 취소됨, 건너뜀""",
}
