"""The words of trackers, in the languages that are read. A word is added here and nowhere else."""

import re
from functools import cache

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

# What people call a status, by language, separated by commas; of each language the first word is
# what is written, as it stands. Case, accents and the width of blanks do not matter. A word may
# stand in several languages and means one status in all of them. Words that also head sections of
# another kind ('testing', 'review', 'learning', 'new', 'план') are left out, and those that answer
# a question of their own ('yes', 'supported') too. What was put off is blocked: it is still to be
# done, so it counts, and it is not what comes next.
STATUS_WORDS: dict[Status, dict[str, str]] = {
    Status.NOT_STARTED: {
        'en': """not started, not-started, not yet started, not started yet, not yet, not begun,
            not yet begun, to do, todo, to-do, pending, open, planned, upcoming, not done,
            not done yet, not yet done, not complete, not completed, not finished, incomplete,
            queued, unstarted, untouched, unlocked, backlog, not added, not added yet,
            not implemented, not implemented yet, not yet implemented, scheduled, proposed,
            ready to start, to start, to be done, to be started, tbd, tba""",
        'es': """no iniciado, no iniciada, sin iniciar, sin empezar, sin comenzar, no empezado,
            no empezada, no comenzado, no comenzada, aún no iniciado, pendiente, pendientes,
            por hacer, por empezar, por iniciar, planeado, planeada, planificado, planificada,
            programado, programada, previsto, prevista, propuesto, propuesta, no hecho,
            no completado, sin completar, sin terminar, incompleto, incompleta, abierto, abierta,
            en cola""",
        'pt': """não iniciado, não iniciada, não começado, não começada, ainda não iniciado,
            a fazer, por fazer, para fazer, a iniciar, por iniciar, pendente, pendentes, planejado,
            planejada, planeado, planeada, previsto, prevista, programado, programada, agendado,
            agendada, proposto, proposta, não feito, não concluído, não concluída, incompleto,
            incompleta, aberto, aberta, em aberto, na fila""",
        'fr': """non commencé, non commencée, pas commencé, pas commencée, pas encore commencé,
            pas encore commencée, non démarré, non démarrée, pas démarré, pas encore démarré,
            à faire, à venir, à commencer, à démarrer, prévu, prévue, prévus, planifié, planifiée,
            proposé, proposée, non fait, pas fait, non terminé, non terminée, incomplet,
            incomplète, ouvert, ouverte""",
        'de': """nicht begonnen, noch nicht begonnen, nicht gestartet, noch nicht gestartet,
            nicht angefangen, noch nicht angefangen, offen, noch offen, ausstehend, anstehend,
            bevorstehend, zu erledigen, zu tun, geplant, in planung, eingeplant, vorgeschlagen,
            unerledigt, nicht erledigt, nicht fertig, unvollständig, in der warteschlange""",
        'it': """non iniziato, non iniziata, non ancora iniziato, non ancora iniziata, da fare,
            da iniziare, da cominciare, da completare, previsto, prevista, pianificato,
            pianificata, programmato, programmata, in programma, proposto, proposta, non fatto,
            non completato, non completata, incompleto, incompleta, aperto, aperta, in arrivo,
            in coda""",
        'tr': """başlanmadı, başlamadı, henüz başlanmadı, henüz başlamadı, başlanmamış, başlamamış,
            yapılacak, yapılacaklar, planlandı, planlanan, planlanıyor, sırada, yapılmadı,
            tamamlanmadı, bitmedi, önerildi, açık""",
        'ru': """не начато, не начат, не начата, не начаты, ещё не начато, ещё не начат, предстоит,
            запланировано, запланирован, запланирована, запланированы, планируется, в планах,
            сделать, нужно сделать, надо сделать, к выполнению, в очереди, предложено, открыто,
            открыт, открыта, не сделано, не выполнено, не готово, не завершено, не пройдено,
            бэклог""",
        'zh': """未开始, 未開始, 尚未开始, 尚未開始, 还未开始, 还没开始, 没开始, 待开始, 待開始,
            等待开始, 即将开始, 即將開始, 未启动, 待启动, 待办, 待辦, 待做, 未做, 待处理, 待處理,
            未处理, 未處理, 未完成, 待完成, 计划, 計劃, 計畫, 计划中, 計劃中, 計畫中, 已计划,
            已計劃, 规划中, 規劃中, 已规划, 已規劃, 待实现, 待實現, 未实现, 未實現, 待开发, 待開發,
            未开发, 待学习, 待學習, 未学习, 未學習, 未学, 待学, 待添加, 未添加, 排队中, 待定""",
        'ja': """未着手, 未完了, 未開始, 未対応, 未実施, 未実装, 未処理, 未学習, 未了, 未済, 開始前,
            着手前, 予定, 計画中, 計画済み, 対応予定, 実装予定, これから, やること, 順番待ち,
            バックログ""",
        'ko': """시작 전, 시작전, 미시작, 시작 안 함, 시작안함, 착수 전, 미착수, 진행 전, 진행전,
            미진행, 미완료, 미완, 미구현, 예정, 예정됨, 진행 예정, 진행예정, 구현 예정, 구현예정,
            학습 예정, 할 일, 할일, 해야 할 일, 계획, 계획됨, 계획 중, 계획중, 대기, 대기 중,
            대기중, 백로그""",
    },
    Status.IN_PROGRESS: {
        'en': """in progress, in-progress, inprogress, in process, doing, started, begun, ongoing,
            on-going, on going, wip, work in progress, work-in-progress, working, working on it,
            being worked on, active, current, underway, under way, partial, partially done,
            partially complete, partially completed, partially finished, partially implemented,
            partly done, partly complete, partly completed, half done, half-done, almost done,
            almost complete, nearly done, mostly done, in development, under development, in dev,
            under construction, in review, under review, in testing, under testing, in qa,
            needs review, needs work""",
        'es': """en progreso, en proceso, en curso, en desarrollo, en marcha, en ejecución,
            en revisión, en pruebas, empezado, empezada, comenzado, comenzada, iniciado, iniciada,
            haciendo, trabajando, trabajando en ello, activo, activa, a medias, parcial,
            parcialmente hecho, parcialmente completado, parcialmente completada""",
        'pt': """em andamento, em progresso, em curso, em desenvolvimento, em execução, em processo,
            em revisão, em teste, em testes, a decorrer, fazendo, começado, começada, iniciado,
            iniciada, trabalhando, ativo, ativa, parcial, parcialmente feito,
            parcialmente concluído, parcialmente concluída""",
        'fr': """en cours, en cours de réalisation, en cours de développement, en développement,
            en révision, en relecture, en test, commencé, commencée, démarré, démarrée, entamé,
            entamée, débuté, débutée, actif, partiel, partielle, partiellement fait,
            partiellement terminé, partiellement terminée""",
        'de': """in Arbeit, in bearbeitung, wird bearbeitet, in entwicklung, in umsetzung,
            im gange, in prüfung, im test, begonnen, angefangen, gestartet, läuft, laufend, aktiv,
            teilweise, teilweise erledigt, teilweise fertig, teilweise abgeschlossen, halb fertig,
            fast fertig""",
        'it': """in corso, in lavorazione, in sviluppo, in svolgimento, in esecuzione,
            in revisione, iniziato, iniziata, cominciato, cominciata, avviato, avviata, attivo,
            attiva, parziale, parzialmente fatto, parzialmente completato,
            parzialmente completata""",
        'tr': """devam ediyor, devam eden, devam edenler, devam etmekte, yapılıyor, sürüyor,
            başladı, başlandı, çalışılıyor, üzerinde çalışılıyor, geliştiriliyor, inceleniyor,
            incelemede, aktif, kısmen, kısmi, kısmen tamamlandı, kısmen yapıldı, yarım""",
        'ru': """в процессе, в работе, в разработке, начато, начат, начата, начаты, выполняется,
            делается, разрабатывается, изучается, тестируется, на проверке, на ревью,
            на тестировании, активно, частично, частично готово, частично сделано,
            частично выполнено, частично завершено, почти готово""",
        'zh': """进行中, 進行中, 正在进行, 正在進行, 正在做, 在做, 已开始, 已開始, 学习中, 學習中,
            正在学习, 正在學習, 开发中, 開發中, 正在开发, 正在開發, 处理中, 處理中, 实现中, 實現中,
            执行中, 執行中, 编写中, 撰写中, 更新中, 完善中, 待完善, 待補完, 施工中, 测试中, 測試中,
            审核中, 審核中, 评审中, 部分完成, 部分实现, 部分實現""",
        'ja': """進行中, 作業中, 着手, 着手中, 着手済み, 学習中, 勉強中, 対応中, 実装中, 開発中,
            実施中, 処理中, 執筆中, 取り組み中, 取組中, 仕掛中, 途中, 継続中, レビュー中, 確認中,
            テスト中, 一部完了, 一部対応, 一部実装""",
        'ko': """진행 중, 진행중, 진행, 학습 중, 학습중, 공부 중, 공부중, 작업 중, 작업중, 하는 중,
            하는중, 개발 중, 개발중, 구현 중, 구현중, 수행 중, 수행중, 처리 중, 처리중, 작성 중,
            작성중, 검토 중, 검토중, 리뷰 중, 리뷰중, 테스트 중, 테스트중, 시작됨, 부분 완료,
            부분완료, 일부 완료, 일부완료""",
    },
    Status.COMPLETED: {
        'en': """completed, complete, done, finished, passed, mastered, shipped, released,
            implemented, added, delivered, deployed, published, merged, launched, fixed, resolved,
            solved, closed, fully done, fully implemented, fully completed, all done""",
        'es': """completado, completada, completados, completadas, completo, completa, hecho,
            hecha, hechos, hechas, terminado, terminada, finalizado, finalizada, acabado, acabada,
            listo, realizado, realizada, implementado, implementada, añadido, añadida, agregado,
            agregada, entregado, entregada, publicado, publicada, lanzado, lanzada, resuelto,
            resuelta, cerrado, cerrada, aprobado, aprobada""",
        'pt': """concluído, concluída, concluídos, concluídas, feito, feita, feitos, feitas,
            completo, completa, completado, completada, terminado, terminada, finalizado,
            finalizada, acabado, acabada, pronto, pronta, realizado, realizada, implementado,
            implementada, adicionado, adicionada, entregue, publicado, publicada, lançado, lançada,
            resolvido, resolvida, fechado, fechada, aprovado, aprovada""",
        'fr': """terminé, terminée, terminés, terminées, fini, finie, fait, faite, faits, faites,
            achevé, achevée, complété, complétée, complet, complète, accompli, accomplie, réalisé,
            réalisée, effectué, effectuée, implémenté, implémentée, ajouté, ajoutée, livré, livrée,
            publié, publiée, résolu, résolue, fermé, fermée, validé, validée""",
        'de': """erledigt, fertig, abgeschlossen, beendet, geschafft, fertiggestellt, vollständig,
            komplett, vollendet, abgehakt, getan, gemacht, umgesetzt, implementiert, hinzugefügt,
            ausgeliefert, veröffentlicht, gelöst, geschlossen, bestanden""",
        'it': """completato, completata, completati, completate, completo, completa, fatto, fatta,
            fatti, fatte, finito, finita, concluso, conclusa, terminato, terminata, ultimato,
            ultimata, svolto, svolta, realizzato, realizzata, implementato, implementata, aggiunto,
            aggiunta, rilasciato, rilasciata, pubblicato, pubblicata, risolto, risolta, chiuso,
            chiusa, superato, superata""",
        'tr': """tamamlandı, tamamlanan, tamamlananlar, tamamlanmış, tamam, bitti, biten,
            bitirildi, yapıldı, yapılanlar, eklendi, uygulandı, yayınlandı, çözüldü, kapatıldı""",
        'ru': """завершено, завершён, завершена, завершены, выполнено, выполнен, выполнена,
            выполнены, готово, готов, готова, готовы, сделано, сделан, сделана, сделаны, закончено,
            закончен, закончена, пройдено, пройден, пройдена, изучено, реализовано, реализован,
            реализована, добавлено, добавлен, добавлена, выпущено, опубликовано, решено, решена,
            закрыто, закрыт, закрыта""",
        'zh': """已完成, 完成, 全部完成, 完结, 完結, 已完结, 已完結, 已结束, 已結束, 做完, 已做完,
            学完, 已学完, 学习完成, 已学习, 已學習, 已掌握, 掌握, 已实现, 已實現, 已发布, 已發布,
            已發佈, 已上线, 已上線, 已添加, 已新增, 已解决, 已解決, 已修复, 已修復, 已关闭, 已關閉,
            已通过, 已通過""",
        'ja': """完了, 済, 済み, 終了, 完成, 完了済み, 完了済, 対応済み, 対応済, 実装済み, 実装済,
            実施済み, 実施済, 学習済み, 追加済み, 公開済み, リリース済み, 達成, 達成済み, 解決,
            解決済み, 修了, 読了, 終わり, 終わった, できた, やった""",
        'ko': """완료, 완료됨, 완료함, 완성, 완성됨, 끝, 끝남, 종료, 종료됨, 구현 완료, 구현완료,
            개발 완료, 개발완료, 학습 완료, 학습완료, 작업 완료, 작업완료, 진행 완료, 추가됨,
            추가 완료, 배포됨, 배포 완료, 출시됨, 해결, 해결됨, 달성, 수료, 마침""",
    },
    Status.BLOCKED: {
        'en': """blocked, on hold, on-hold, hold, waiting, waiting for, waiting on, stuck, paused,
            stalled, suspended, frozen, parked, impeded, locked, deferred, postponed, delayed""",
        'es': """bloqueado, bloqueada, en espera, esperando, en pausa, pausado, pausada, detenido,
            detenida, atascado, atascada, suspendido, suspendida, aplazado, aplazada, pospuesto,
            pospuesta, retrasado, retrasada""",
        'pt': """bloqueado, bloqueada, em espera, aguardando, à espera, em pausa, pausado, pausada,
            parado, parada, travado, travada, impedido, impedida, suspenso, suspensa, adiado,
            adiada, atrasado, atrasada""",
        'fr': """bloqué, bloquée, en attente, en pause, en suspens, suspendu, suspendue, reporté,
            reportée, repoussé, repoussée, différé, différée, verrouillé, verrouillée""",
        'de': """blockiert, wartet, wartend, pausiert, unterbrochen, angehalten, gesperrt, auf eis,
            zurückgestellt, aufgeschoben, verschoben, vertagt""",
        'it': """bloccato, bloccata, in attesa, in pausa, sospeso, sospesa, fermo, ferma, rinviato,
            rinviata, rimandato, rimandata, posticipato, posticipata""",
        'tr': """engellendi, bloke, bloke edildi, beklemede, bekliyor, bekletiliyor, askıda,
            duraklatıldı, durduruldu, takıldı, ertelendi, kilitli""",
        'ru': """заблокировано, заблокирован, заблокирована, приостановлено, приостановлен,
            приостановлена, ожидает, в ожидании, на паузе, остановлено, застряло, отложено,
            отложен, отложена""",
        'zh': """阻塞, 已阻塞, 被阻塞, 阻塞中, 受阻, 卡住, 等待, 等待中, 暂停, 暫停, 已暂停, 已暫停,
            暂停中, 搁置, 擱置, 已搁置, 已擱置, 挂起, 已挂起, 延期, 已延期, 推迟, 已推迟, 推遲,
            已锁定, 已鎖定, 未解锁, 未解鎖""",
        'ja': """保留, 保留中, ブロック, ブロック中, 停止中, 一時停止, 中断, 中断中, 待ち, 待機,
            待機中, 延期, 先送り, ペンディング, ロック中""",
        'ko': """보류, 보류 중, 보류중, 보류됨, 막힘, 차단, 차단됨, 중단, 중단됨, 일시 중지,
            일시중지, 일시 정지, 일시정지, 연기, 연기됨, 지연, 지연됨, 잠김""",
    },
    Status.CANCELLED: {
        'en': """cancelled, canceled, skipped, dropped, abandoned, won't do, wont do, won't fix,
            wontfix, will not do, not doing, removed, rejected, declined, discarded, descoped,
            out of scope, not planned, not needed, no longer needed, not applicable, n/a,
            superseded, obsolete""",
        'es': """cancelado, cancelada, descartado, descartada, omitido, omitida, abandonado,
            abandonada, saltado, saltada, anulado, anulada, rechazado, rechazada, eliminado,
            eliminada, no se hará, fuera de alcance, no aplica""",
        'pt': """cancelado, cancelada, descartado, descartada, omitido, omitida, abandonado,
            abandonada, pulado, pulada, ignorado, ignorada, rejeitado, rejeitada, removido,
            removida, não será feito, fora de escopo, fora do escopo, não se aplica""",
        'fr': """annulé, annulée, abandonné, abandonnée, ignoré, ignorée, sauté, sautée,
            rejeté, rejetée, refusé, refusée, écarté, écartée, supprimé, supprimée,
            ne sera pas fait, hors périmètre, hors scope, non applicable""",
        'de': """abgebrochen, gestrichen, verworfen, entfällt, entfallen, abgelehnt, übersprungen,
            weggelassen, storniert, abgesagt, aufgegeben, nicht geplant, nicht mehr nötig""",
        'it': """annullato, annullata, cancellato, cancellata, saltato, saltata, abbandonato,
            abbandonata, scartato, scartata, rifiutato, rifiutata, eliminato, eliminata,
            fuori ambito, non applicabile""",
        'tr': """iptal edildi, iptal, atlandı, vazgeçildi, reddedildi, kaldırıldı, yapılmayacak,
            kapsam dışı""",
        'ru': """отменено, отменён, отменена, отменены, пропущено, пропущен, пропущена, отклонено,
            отклонён, отклонена, брошено, удалено, не будет, не будет сделано, неактуально,
            не актуально""",
        'zh': """已取消, 取消, 已跳过, 跳过, 已跳過, 跳過, 略过, 略過, 已放弃, 放弃, 已放棄, 放棄,
            已废弃, 废弃, 已廢棄, 廢棄, 作废, 作廢, 已拒绝, 已拒絕, 不做, 不做了, 不再需要, 不适用,
            不適用""",
        'ja': """中止, キャンセル, キャンセル済み, 取消, 取り消し, 見送り, スキップ, 却下, 対象外,
            不要, 対応不要, 廃止, 破棄, 除外, やらない, 対応しない""",
        'ko': """취소, 취소됨, 건너뜀, 생략, 생략됨, 포기, 제외, 제외됨, 폐기, 폐기됨, 안 함, 안함,
            해당 없음, 해당없음, 범위 외""",
    },
}

# Names of sections that give their status to what stands beneath, beside the status words. What
# heads prose as often ('ideas', 'next steps', 'future work', 'archive', 'non-goals', 'this week')
# or says how far off but not whether begun ('short term') is left out.
SECTION_WORDS: dict[Status, str] = {
    Status.NOT_STARTED: """next, up next, next up, later, soon, coming soon, coming up, future,
        someday, someday/maybe, someday maybe, maybe later, wishlist, wish list, icebox,
        under consideration, considering, todos, to-dos, todo list, to-do list, to do list,
        to do next, to do later, planned features, upcoming features, future features,
        planned tasks, upcoming tasks, pending tasks, open tasks, remaining tasks, remaining work,
        siguiente, próximo, próximos, próximas, próximamente, después, más tarde, más adelante,
        futuro, a futuro, algún día, lista de deseos, en consideración,
        tareas pendientes, tareas por hacer, funciones previstas, lista de tareas pendientes,
        a seguir, em breve, depois, mais tarde, futuramente, no futuro, algum dia,
        lista de desejos, em consideração, tarefas pendentes, tarefas a fazer,
        ensuite, prochainement, bientôt, plus tard, un jour, liste de souhaits, à l'étude,
        à l'avenir, tâches à faire, tâches à venir, tâches restantes, fonctionnalités prévues,
        als nächstes, demnächst, bald, später, zukünftig, irgendwann, wunschliste, in überlegung,
        offene aufgaben, offene punkte, anstehende aufgaben, geplante aufgaben,
        geplante funktionen, zu erledigende aufgaben,
        prossimo, prossimi, prossimamente, più tardi, più avanti, in futuro,
        un giorno, lista dei desideri, in valutazione, attività da fare, cose da fare,
        funzionalità previste,
        sıradaki, sıradakiler, sonraki, sonra, daha sonra, yakında, gelecek, gelecekte, ileride,
        bir gün, istek listesi, değerlendiriliyor, yapılacaklar listesi, bekleyen görevler,
        yapılacak işler, planlanan özellikler,
        далее, дальше, следующее, потом, позже, скоро, в будущем, когда-нибудь, список желаний,
        на рассмотрении, список дел, предстоящие задачи, открытые задачи,
        запланированные задачи,
        下一步, 接下来, 接下來, 稍后, 稍後, 以后, 以後, 将来, 將來, 未来, 未來, 未来计划, 未來計劃,
        后续计划, 後續計劃, 即将推出, 即將推出, 愿望清单, 願望清單, 考虑中, 考慮中, 待办事项,
        待辦事項, 待办清单, 待辦清單, 待办列表, 未完成的任务, 待完成任务,
        次, 次に, 次にやること, 近日公開, 後で, あとで, 今後, 今後の予定, 将来の予定, いつか,
        いつかやる, 検討中, やることリスト, 未完了のタスク, 未完了タスク, 残タスク,
        다음, 다음에, 다음 할 일, 곧, 나중에, 나중, 향후, 향후 계획, 추후, 언젠가, 위시리스트,
        위시 리스트, 고려 중, 고려중, 할 일 목록, 할일 목록, 남은 작업, 예정된 작업""",
    Status.IN_PROGRESS: """now, doing now, working on now, currently working on,
        currently in progress, now in progress, in flight, in the works, tasks in progress,
        ahora, haciendo ahora, actualmente en curso, tareas en curso, tareas en progreso,
        agora, fazendo agora, tarefas em andamento, tarefas em curso,
        maintenant, actuellement en cours, tâches en cours,
        jetzt, gerade in arbeit, aktuell in arbeit, laufende aufgaben, aufgaben in arbeit,
        adesso, attualmente in corso, attività in corso,
        şimdi, şu anda, şu an yapılanlar, devam eden görevler, devam eden işler,
        сейчас, сейчас в работе, задачи в работе,
        现在, 現在进行, 现在进行, 正在进行的任务, 进行中的任务, 進行中的任務,
        今, 今やっていること, 進行中のタスク, 進行中タスク,
        지금, 지금 하는 일, 하고 있는 일, 진행 중인 작업, 진행중인 작업""",
    Status.COMPLETED: """completed tasks, completed features, completed items, completed work,
        done tasks, done list, finished tasks, finished features, recently completed,
        recently done, recently finished, recently shipped, already done, already implemented,
        implemented features, shipped features,
        tareas completadas, tareas hechas, tareas terminadas, ya hecho, funciones completadas,
        tarefas concluídas, tarefas feitas, tarefas finalizadas, já feito, já concluído,
        tâches terminées, tâches faites, tâches achevées, déjà fait, récemment terminé,
        erledigte aufgaben, abgeschlossene aufgaben, fertige aufgaben, bereits erledigt,
        attività completate, attività concluse, cose fatte, già fatto, già completato,
        tamamlanan görevler, tamamlanan işler, biten işler, yapılan işler,
        выполненные задачи, завершённые задачи, уже сделано, уже готово, сделанное,
        已完成的任务, 已完成的任務, 已完成任务, 已完成任務, 已完成事项, 已完成事項, 已完成功能,
        完了したタスク, 完了タスク, 完了済みタスク, やったこと, 終わったこと,
        완료된 작업, 완료한 작업, 완료된 할 일, 완료 목록, 한 일""",
    Status.BLOCKED: """blocked tasks, tasks on hold, tareas bloqueadas, tareas en espera,
        tarefas bloqueadas, tarefas em espera, tâches bloquées, tâches en attente,
        blockierte aufgaben, zurückgestellte aufgaben, attività bloccate, attività in attesa,
        bekleyen işler, заблокированные задачи, отложенные задачи, 受阻任务, 已搁置的任务,
        保留中のタスク, 保留タスク, 보류된 작업, 보류 중인 작업""",
    Status.CANCELLED: """cancelled tasks, canceled tasks, dropped tasks, won't have, will not have,
        tareas canceladas, tareas descartadas, tarefas canceladas, tarefas descartadas,
        tâches annulées, tâches abandonnées, gestrichene aufgaben, verworfene aufgaben,
        attività annullate, iptal edilen görevler, iptal edilenler, отменённые задачи,
        已取消的任务, 已取消任务, 已取消的任務, 中止したタスク, 見送ったタスク, 취소된 작업""",
}

# What the status itself is called: the head of a column, or what stands before a colon.
STATUS_LABELS = """status, state, progress status, task status, current status, completion status,
    done, done?, completed, completed?, complete, complete?, finished, finished?, is done,
    estado, estado actual, estatus, hecho, hecho?, ¿hecho?, completado, completado?, ¿completado?,
    situação, estado atual, concluído, concluído?, feito, feito?,
    statut, état, fait, fait?, fait ?, terminé, terminé?, terminé ?,
    stand, zustand, bearbeitungsstand, erledigt, erledigt?, fertig, fertig?,
    stato, stato attuale, completato, completato?, fatto, fatto?,
    durum, durumu, tamamlandı, tamamlandı mı, tamamlandı mı?, yapıldı, yapıldı mı, yapıldı mı?,
    bitti mi, bitti mi?,
    статус, состояние, готово, готово?, сделано, сделано?, выполнено, выполнено?,
    状态, 狀態, 当前状态, 目前狀態, 完成状态, 完成狀態, 完成情况, 完成情況, 是否完成, 完成, 已完成,
    状態, ステータス, 進捗状況, 進捗状態, 状況, 完了, 済,
    상태, 진행 상태, 진행상태, 진행 상황, 진행상황, 완료 여부, 완료여부, 완료, 완료?,
    ✓, ✔, ✔️, ✅, ☑, ☑️, [x], [ ]"""

# What stands before a count that is kept by hand, or heads a column of such counts.
PROGRESS_LABELS = """progress, overall progress, total progress, current progress, my progress,
    progress so far, completion, overall completion, total completion, completion rate,
    completion percentage, completed, complete, done, finished, % complete, % completed, % done,
    complete %, completed %, done %, completion %, progress %, percent, percentage,
    percent complete, percentage complete, tasks completed, completed tasks, tasks done,
    total completed, overall,
    progreso, progreso general, progreso total, avance, avance total, completado, completados,
    tareas completadas, % completado, porcentaje, porcentaje completado,
    progresso, progresso geral, andamento, concluído, concluídos, tarefas concluídas,
    % concluído, porcentagem, percentual,
    avancement, avancement global, avancement total, progression, progression globale,
    progression totale, progrès, terminé, terminés, tâches terminées, % terminé, pourcentage,
    fortschritt, gesamtfortschritt, fortschritt gesamt, erledigt, abgeschlossen,
    erledigte aufgaben, % erledigt, prozent,
    avanzamento, avanzamento totale, avanzamento complessivo, progresso totale,
    progressi, completato, completati, attività completate, % completato, percentuale,
    ilerleme, genel ilerleme, toplam ilerleme, ilerleme durumu, tamamlanan, tamamlandı,
    tamamlanma, tamamlanma oranı, tamamlanan görevler, yüzde,
    прогресс, общий прогресс, выполнено, завершено, сделано, готовность, готово,
    выполнено задач, % выполнения, процент выполнения,
    进度, 進度, 总进度, 總進度, 总体进度, 總體進度, 整体进度, 整體進度, 学习进度, 學習進度,
    当前进度, 目前進度, 进展, 進展, 完成, 已完成, 完成率, 完成度, 完成进度, 完成進度,
    完成百分比, 百分比,
    進捗, 進捗率, 進捗度, 進捗状況, 全体進捗, 全体の進捗, 達成率, 達成度, 完了, 完了率, 完了数,
    진행률, 진행율, 진행도, 진도, 진도율, 진척도, 진척률, 진척율, 전체 진행률, 전체 진행도,
    총 진행률, 달성률, 달성율, 달성도, 완료율, 완료률, 완료, 완료된 작업"""

# What stands in a list that has nothing in it. A comma at the end stands for no word at all.
NOTHING_WORDS = """none, none yet, nothing, nothing yet, nothing here, n/a, na, empty, tbd,
    ninguno, ninguna, nada, vacío, nenhum, nenhuma, nada ainda, vazio, aucun, aucune, rien, vide,
    keine, keiner, nichts, leer, noch nichts, nessuno, nessuna, niente, vuoto, yok, henüz yok, boş,
    нет, ничего, пусто, пока ничего, 无, 無, 暂无, 暫無, 没有, なし, 特になし, 없음, 아직 없음,"""

# What the row of a table that sums up the others is called.
TOTAL_LABELS = """total, totals, overall, overall total, grand total, sum, all, all tasks, summary,
    total general, totales, suma, total geral, totais, soma, geral,
    total général, totaux, somme, ensemble, gesamt, insgesamt, summe, gesamtsumme, alle,
    totale, totale generale, totale complessivo, totali, somma, complessivo, tutto, tutti,
    toplam, genel, genel toplam, tümü, hepsi, итого, всего, общий итог, общее, итог, все,
    合计, 合計, 总计, 總計, 共计, 共計, 总数, 總數, 总体, 總體, 全部, 小计, 小計,
    全体, 総計, 総合計, 計, 전체, 합계, 총계, 총합, 소계"""

# What a legend is called, and the columns of one that is a table.
LEGEND_LABELS = """legend, key, legend/key, legend & key, status legend, status key,
    marker legend, marker key, markers legend, symbol legend, symbol key, symbols legend,
    symbols key,
    icon legend, icon key, emoji legend, emoji key, progress legend, progress key, task legend,
    status markers, status symbols, status icons, status emojis, status indicators,
    leyenda, leyenda de estados, legenda, legenda de status, légende,
    légende des symboles, legende, statuslegende, zeichenerklärung, legenda degli stati, leggenda,
    gösterge, lejant, simge açıklamaları, durum göstergesi, легенда, обозначения,
    условные обозначения, обозначения статусов, 图例, 圖例, 状态图例, 狀態圖例, 图例说明, 圖例說明,
    符号说明, 状态说明, 凡例, 状態の凡例, ステータス凡例, 記号の意味, 범례, 상태 범례, 기호 설명"""
LEGEND_COLUMNS = """symbol, symbols, marker, markers, mark, icon, icons, emoji, emojis, meaning,
    símbolo, símbolos, icono, significado, marcador, ícone, symbole, symboles, icône, signification,
    zeichen, bedeutung, simbolo, simboli, icona, significato, simge, sembol,
    anlam, anlamı, символ, символы, значок, обозначение, значение, 符号, 符號, 图标, 圖示, 标记,
    標記, 含义, 含義, 意思, 記号, 意味, マーク, アイコン, 기호, 의미, 아이콘"""

# What heads lists that are read, kept in mind or looked up, and no tasks.
ASIDE_LABELS = """resources, resource, references, links, books, videos, articles, courses,
    materials, reading, further reading, sources, notes, note, tips, rules, rule, guidelines,
    principles, prerequisites, requirements, tools, goals, goal, objectives, outcomes,
    contents, table of contents, about, faq, recursos, referencias, enlaces, libros, notas,
    consejos, reglas, requisitos, objetivos, herramientas, índice, referências, livros, dicas,
    regras, ferramentas, ressources, références, liens, livres, remarques, conseils, règles,
    prérequis, objectifs, outils, ressourcen, quellen, verweise, bücher, notizen, hinweise,
    tipps, regeln, voraussetzungen, ziele, werkzeuge, inhalt, inhaltsverzeichnis, risorse,
    riferimenti, collegamenti, libri, note, consigli, regole, requisiti, obiettivi, strumenti,
    kaynaklar, bağlantılar, kitaplar, notlar, ipuçları, kurallar, gereksinimler, hedefler,
    araçlar, ресурсы, ссылки, источники, книги, заметки, примечания, советы, правила,
    требования, цели, инструменты, 资源, 資源, 参考, 參考, 参考资料, 參考資料, 链接, 連結,
    书籍, 笔记, 筆記, 备注, 備註, 提示, 规则, 規則, 目标, 目標, 工具, 目录, 目錄, リソース,
    参考資料, リンク, 書籍, メモ, 備考, ヒント, ルール, ツール, 目次, 자료, 참고, 참고 자료,
    링크, 책, 메모, 노트, 팁, 규칙, 목표, 도구, 목차"""

# What a commit's subject says of the work that it names, in the forms that subjects have: that it
# was taken back, that it is not complete, that it was only touched, made, or completed. Those in
# `TOUCHED_FIRST` say so only as the first word, or as the type of a conventional commit; elsewhere
# they are what people learn ('string formatting', 'merge sort').
UNDONE_WORDS = """revert, reverts, reverted, reverting, remove, removes, removed, removing, delete,
    deletes, deleted, deleting, drop, dropped, undo, undid, undone, rollback, discard, discarded,
    ⏪, 🔥, revertir, eliminar, elimina, eliminado, borrar, borrado, quitar, reverter, remover,
    removido, apagar, excluir, supprimer, supprime, supprimé, retirer, annuler, entfernen,
    entferne, entfernt, löschen, lösche, gelöscht, rückgängig, rimuovere, rimuovi, rimosso,
    eliminare, cancella, sil, silindi, kaldır, kaldırıldı, удалить, удалил, удалено, удалён,
    откат, откатить, 删除, 刪除, 移除, 撤销, 撤銷, 回滚, 削除, 取り消, 삭제, 제거, 되돌리"""
UNFINISHED_WORDS = """wip, draft, drafts, drafting, start, starts, started, starting, begin, begins,
    began, begun, beginning, plan, plans, planned, planning, prepare, prepares, prepared,
    preparing, prep, preparation, scaffold, scaffolds, scaffolding, skeleton, template, templates,
    boilerplate, placeholder, placeholders, stub, stubs, starter, init, initial, initialise,
    initialize, not, isn't, didn't, unfinished, incomplete, partial, partially, partly, half,
    halfway, almost, nearly, mostly, continue, continued, continues, continuing, resume,
    attempt, attempts, trying, tried, don't, doesn't, can't, couldn't, won't, haven't, hasn't,
    wasn't, no, never, some, most, miss, missed, except, instead, schedule, scheduled,
    reschedule, rescheduled, before, until, upcoming, tomorrow, next, will, need, needs,
    later, postpone, postponed, skip, skipped, skipping, setup, folder, folders, directory,
    directories, outline, ideas, blocked, stuck, progress, working, part, todo, 🚧, empezar,
    empezado, empieza, comenzar, iniciar, inicio, borrador, pendiente, incompleto, planear,
    preparar, progreso, começar, começo, início, rascunho, progresso, andamento, débuter, début,
    commencer, commencé, brouillon, préparer, cours, ébauche, beginnen, begonnen, anfang,
    angefangen, entwurf, vorbereitung, vorbereiten, planen, unfertig, arbeit, iniziare, iniziato,
    inizio, bozza, preparare, corso, başla, başladı, başlangıç, taslak, devam, hazırlık, начать,
    начал, начало, начата, черновик, план, подготовка, не, процессе, 开始, 開始, 计划, 計劃, 計画,
    进行中, 進行中, 未完成, 草稿, 准备, 準備, 待办, 未完了, 着手, 途中, 予定, 시작, 진행, 계획,
    준비, 초안, 미완성"""
TOUCHED_WORDS = """fix, fixes, fixed, fixing, fixup, squash, amend, typo, typos, update, updates,
    updated, updating, refactor, refactors, refactored, refactoring, rename, renames, renamed,
    renaming, bugfix, hotfix, tweak, tweaks, tweaked, reword, cleanup, bump, bumps, reorganise,
    reorganize, reorganised, reorganized, restructure, restructured, revise, revised, revisit,
    polish, polished, chore, linting, bug, bugs, issue, issues, question, questions, feedback,
    after, since, see, uses, using, based, copy, copied, reuse, reused, link, links, readme,
    roadmap, syllabus, curriculum, tracker, gitignore, ->, →, reformat, reformatted,
    corrección, corregir, corrige,
    arreglar, arreglo, actualizar, actualiza, actualizado, renombrar, corrigir, correção,
    atualizar, atualiza, atualizado, renomear, corriger, corrige, correction, renommer,
    actualiser, korrigiere, korrektur, beheben, behoben, aktualisieren, aktualisiert, umbenennen,
    correggi, correzione, aggiorna, aggiornato, rinomina, düzelt, düzeltme, güncelle,
    güncellendi, исправить, исправил, исправлено, исправление, обновить, обновил, обновлено,
    修复, 修復, 修正, 更新, 重构, 重命名, 수정, 업데이트, 오타"""
TOUCHED_FIRST = """style, styles, ci, build, perf, test, tests, format, formats, formatted, lint,
    clean, merge, merged, move, moves, moved, change, changes, changed, comment, comments, edit,
    edits, edited, improve, improves, improved, review, reviewed, correct, corrected, adjust,
    adjusted, patch, sync, mover, cambiar, mudar, déplacer, changer, ändern, verschieben, cambia,
    sposta, değiştir, taşı, изменить, переместить"""
MADE_WORDS = """add, adds, added, adding, create, creates, created, implement, implements,
    implemented, write, writes, wrote, written, upload, uploaded, learn, learned, learnt, study,
    studied, practice, practise, practiced, practised, feat, submit, submitted, commit, push,
    añadir, añade, añadido, agregar, agrega, agregado, crear, crea, creado, subir, adicionar,
    adiciona, adicionado, criar, criado, enviar, ajouter, ajoute, ajout, ajouté, créer, hinzufügen,
    hinzugefügt, erstellen, erstellt, aggiungi, aggiunto, aggiungere, ekle, eklendi, добавить,
    добавил, добавлено, добавлен, 添加, 新增, 加入, 追加, 추가, 작성"""
# What a path says of a file that is no work yet.
UNFINISHED_PATHS = """wip, draft, drafts, todo, plan, plans, template, templates, skeleton, starter,
    placeholder, stub, stubs, boilerplate, example, examples, sample, samples, data, dataset"""
DONE_WORDS = """complete, completes, completed, finish, finishes, finished, done, solve, solved,
    solves, passed, mastered, ✅, ☑, ✔, 🎉, completado, completada, completar, completo, completa,
    terminado, terminada, termina, terminar, hecho, hecha, acabado, acabada, concluído, concluída,
    concluir, conclui, feito, feita, finalizado, finalizada, terminé, terminée, terminer, fini,
    finie, fait, achevé, complété, fertig, erledigt, abgeschlossen, geschafft, beendet,
    fertiggestellt, completato, completata, finito, finita, fatto, fatta, concluso, tamamlandı,
    bitti, bitirildi, bitirdim, tamam, yapıldı, завершено, завершил, завершён, закончено,
    закончил, готово, сделано, сделал, выполнено, пройдено, прошёл, 完成, 做完, 学完, 學完, 完了,
    終了, 終わった, 修了, 완료, 완성, 끝"""

# What heads lists of tasks, where a number stands above.
TASK_LABELS = """tasks, task list, topics, days, plan, schedule, steps, exercises, syllabus,
    curriculum, checklist, tareas, temas, días, pasos, ejercicios, tarefas, tópicos, dias,
    passos, exercícios, tâches, sujets, jours, étapes, exercices, aufgaben, themen, tage,
    schritte, übungen, compiti, attività, argomenti, giorni, passi, esercizi, görevler,
    konular, günler, adımlar, alıştırmalar, задачи, темы, дни, шаги, упражнения, план, 任务,
    任務, 主题, 主題, 计划, 計劃, 步骤, 步驟, 练习, 練習, タスク, トピック, 計画, 手順, 演習,
    작업, 주제, 계획, 단계, 연습"""

# Unaccented, so that 'LECCION' and 'ADIM' (whose lower case is 'adim', not 'adım') are found
# without unicodedata, which a plain file never needs. U+0307 is what 'İ' leaves behind.
ACCENTS = str.maketrans(
    'áàâãäåąćčçéèêëęěíìîïıñńóòôõöúùûüůşśšğłżźžё’',
    'aaaaaaaccceeeeeeiiiiinnooooouuuuusss' + "glzzzе'",
    '\u0307',
)


# In a long list `str.translate` would take ten times as long.
_UNACCENTED = {chr(accented): chr(plain) if plain else '' for accented, plain in ACCENTS.items()}
_ACCENTED = frozenset(_UNACCENTED)


def fold(text: str) -> str:
    """*text* as it is compared: its case, accents and how blank its blanks are do not matter."""
    folded = ' '.join(text.casefold().split())
    if not folded.isascii():
        for accented in _ACCENTED.intersection(folded):
            folded = folded.replace(accented, _UNACCENTED[accented])
    return folded


@cache
def words_of(listed: str) -> frozenset[str]:
    """The words of a list such as ``STATUS_LABELS``, folded."""
    return frozenset(fold(listed).split(', '))


def status_word(text: str) -> Status | None:
    """The status that *text* is a word for; None where it says anything else, or more."""
    return _status_words().get(fold(text))


def section_word(text: str) -> Status | None:
    """The status that a heading of this *text* gives to what stands beneath it, if any."""
    folded = fold(text)
    return _status_words().get(folded) or _section_words().get(folded)


def may_begin_in_status(text: str) -> bool:
    """Could *text* begin with a word of a status? A cheap look, for few texts do."""
    match = re.match(r'\w+', fold(text))
    return match is not None and match[0] in _first_words()


@cache
def _first_words() -> frozenset[str]:
    return frozenset(re.split(r'\W', word, maxsplit=1)[0] for word in _status_words())


def may_end_in_status(text: str) -> bool:
    """Could *text* end in a status: in a word of one, a symbol, a box, a date, or other scripts?

    A cheap look: many texts are asked, and few end in one.
    """
    last = text.rstrip(' *_`)）!.').rpartition(' ')[2]
    is_sign = last.endswith((']', '】')) or (last.endswith(':') and last.startswith(':'))
    if is_sign or sum(map(str.isdigit, last)) >= len('2026'):
        return True
    if any(char > '\u2e7f' or not (char.isascii() or char.isalpha()) for char in last):
        return True
    return fold(last.rpartition(':')[2].strip('*_`()[]|–-')) in _last_words()


@cache
def _last_words() -> frozenset[str]:
    return frozenset(word.rpartition(' ')[2] for word in _status_words())


# Made when the first of them is looked up; an import should not take the time.
@cache
def _status_words() -> dict[str, Status]:
    return {
        word: status
        for status, languages in STATUS_WORDS.items()
        for word in words_of(', '.join(languages.values()))
    }


@cache
def _section_words() -> dict[str, Status]:
    return {word: status for status, words in SECTION_WORDS.items() for word in words_of(words)}
